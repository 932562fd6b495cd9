package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// Streams of events. Every `Uni` is lazy, may be subscribed to again, and emits on any thread;
/// each fails with [EventStoreUnavailable] if the store does not answer.
public interface EventStore {
  /// The revision that a stream without events is at.
  long NO_STREAM = -1;

  /// All events from a revision (inclusive) to the end; empty if there are none.
  default Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision) {
    return read(stream, fromRevision, Long.MAX_VALUE);
  }

  /// At most so many events from a revision (inclusive); empty if there are none.
  Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most);

  /// Appends all events or none. Appending the same event ids at the same place again answers as
  /// the first time **without comparing their content**: whoever appends must derive ids from all
  /// that may differ.
  ///
  /// Fails with [ConcurrencyConflict] if the stream is not at `expectedRevision`. After
  /// [EventStoreUnavailable] it is not known whether the events were written.
  ///
  /// @param expectedRevision revision of the last event, [#NO_STREAM] for none
  /// @param events at least one
  Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events);
}
