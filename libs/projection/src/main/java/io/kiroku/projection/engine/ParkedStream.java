package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The marker of a stream that waits behind a failing event. The queue behind it is the stream
/// itself.
///
/// @param revision the event that fails
/// @param highestSeen the newest revision that was delivered and held back
/// @param attempts how often the event was tried, at least 1; together with `nextRetry` what a
///   change of the marker is compared with
/// @param nextRetry null when the attempts are used up: only an operator can help
public record ParkedStream(
    StreamId stream,
    long revision,
    long highestSeen,
    String error,
    int attempts,
    @Nullable Instant nextRetry) {
  public boolean dead() {
    return nextRetry == null;
  }

  /// The last event that waits.
  public long queuedThrough() {
    return Math.max(revision, highestSeen);
  }

  public boolean dueAt(Instant now) {
    return nextRetry != null && !nextRetry.isAfter(now);
  }
}
