package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events by what they are about, in the log's order: a stream itself, and the indexes that the
/// store keeps by category, type and business transaction. Those follow the log a moment later,
/// each in the log's order: what shows an event shows all that is before it. Every `Uni` is lazy
/// and fails with [EventStoreUnavailable] if the store does not answer.
public interface EventIndexes {
  /// What is looked up.
  sealed interface Index {
    record OfStream(StreamId stream) implements Index {}

    /// @param category as in [StreamId#category()]
    record OfCategory(String category) implements Index {}

    /// @param type as it is stored, with its version
    record OfType(String type) implements Index {}

    record OfCorrelation(UUID correlationId) implements Index {}

    /// The streams of a category instead of events: one entry each, in the order in which they
    /// began. What its event says is the store's business.
    record OfStreams(String category) implements Index {}
  }

  /// @param number place in the index, from 0
  /// @param event null if it is not in the store any more: only of streams that are bounded
  record Entry(long number, @Nullable RecordedEvent event) {}

  /// At most so many entries from a number (inclusive) on; empty if there are none.
  Uni<List<Entry>> read(Index index, long from, int most);

  /// At most so many entries from a number (inclusive) backwards, the latest first; empty if there
  /// are none.
  ///
  /// @param from `Long.MAX_VALUE` for the last
  Uni<List<Entry>> readBackwards(Index index, long from, int most);
}
