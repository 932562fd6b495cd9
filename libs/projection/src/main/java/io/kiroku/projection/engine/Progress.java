package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;

/// Whether a projection shows a stream's revision.
public sealed interface Progress {
  record Shown() implements Progress {}

  /// Time is up.
  ///
  /// @param applied the revision that is shown instead, -1 for none
  record Behind(StreamId stream, long wanted, long applied) implements Progress {}

  /// Waiting is no use: the stream is parked before the wanted revision.
  record Parked(StreamId stream, long wanted, long failing) implements Progress {}
}
