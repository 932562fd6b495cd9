package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// The events that continue a slot: those at hand, or, where some are missing, the stream's own.
final class NextEvents {
  /// A stream with a longer gap is brought forward in several rounds.
  private static final int GAP_MOST = 500;

  private final EventStore store;
  private final Counters counters;

  NextEvents(EventStore store, Counters counters) {
    this.store = store;
    this.counters = counters;
  }

  /// Never empty. Fails with [EventStoreUnavailable] also if the store does not hold yet what it
  /// delivered (a follower that lags).
  Uni<List<RecordedEvent>> of(StreamWork work) {
    List<RecordedEvent> due = work.due();
    return due.isEmpty() ? fill(work) : Uni.createFrom().item(due);
  }

  private Uni<List<RecordedEvent>> fill(StreamWork work) {
    long from = work.held.revision() + 1;
    return store
        .read(work.stream(), from, GAP_MOST)
        .invoke(read -> {
          if (read.isEmpty() || read.getFirst().revision() != from) {
            throw new EventStoreUnavailable(
                "%s does not hold revision %d yet".formatted(work.stream(), from), null);
          }
          if (work.retried == null) {
            counters.filled(new Gap(work.stream(), from, read.getLast().revision()));
          }
        });
  }
}
