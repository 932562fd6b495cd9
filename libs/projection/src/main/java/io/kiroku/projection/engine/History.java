package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// What documents were: folds streams once more, by the very functions that make the read model,
/// and passes over what is skipped there. However long a stream is, no more of it is held than a
/// page of events. Everything fails with [EventStoreUnavailable] if the log cannot be reached.
public final class History {
  private static final int READ_MOST = 500;

  private final EventStore store;
  private final Slots slots;
  private final Skips skips;

  History(EventStore store, Slots slots, Skips skips) {
    this.store = store;
    this.slots = slots;
    this.skips = skips;
  }

  /// Empty if the stream does not go so far.
  public Uni<Optional<RecordedEvent>> event(StreamId stream, long revision) {
    return store.read(stream, revision, 1).map(found -> found.stream().findFirst());
  }

  /// What the stream's slot held after so many events. Fails with [EventNotApplicable].
  public Uni<Held> after(StreamId stream, long events) {
    return folded(stream, events, _ -> true);
  }

  /// What the stream's slot held before the first event that is not `within`. Fails with
  /// [EventNotApplicable].
  public Uni<Held> until(StreamId stream, Predicate<RecordedEvent> within) {
    return folded(stream, Long.MAX_VALUE, within);
  }

  private Uni<Held> folded(StreamId stream, long most, Predicate<RecordedEvent> within) {
    return Uni.createFrom()
        .deferred(() -> {
          Pass pass = pass(stream, Held.NOTHING);
          return events(stream, 0, most)
              .select()
              .first(within)
              .group()
              .intoLists()
              .of(READ_MOST)
              .onItem()
              .transformToUniAndConcatenate(pass::all)
              .collect()
              .last()
              .map(_ -> pass.held);
        });
  }

  /// What each event from a revision (inclusive) on did, in order and not before it is asked for.
  /// Ends with the stream, or with an event that cannot be applied. Fails with [EventNotApplicable]
  /// if one before `revision` cannot.
  public Multi<HistoryEntry> from(StreamId stream, long revision) {
    return after(stream, revision)
        .onItem()
        .transformToMulti(held -> each(stream, held))
        .select()
        .where(entry -> entry.event().revision() >= revision);
  }

  private Multi<HistoryEntry> each(StreamId stream, Held before) {
    Pass pass = pass(stream, before);
    return events(stream, before.revision() + 1, Long.MAX_VALUE)
        .select()
        .first(_ -> !pass.failed)
        .onItem()
        .transformToUniAndConcatenate(pass::one);
  }

  private Multi<RecordedEvent> events(StreamId stream, long from, long most) {
    if (most == 0) {
      return Multi.createFrom().empty();
    }
    int page = (int) Math.min(READ_MOST, most);
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicLong(from),
            next ->
                store.read(stream, next.get(), page).invoke(read -> next.addAndGet(read.size())))
        .whilst(read -> read.size() == page)
        .onItem()
        .transformToMultiAndConcatenate(read -> Multi.createFrom().iterable(read))
        .select()
        .first(most);
  }

  private Pass pass(StreamId stream, Held from) {
    return new Pass(slots.of(stream), skips.of(stream), from);
  }

  /// One way through a stream; its events come one after the other.
  private static final class Pass {
    private final Slot slot;
    private final LongPredicate skipped;
    private Held held;
    private boolean failed;

    Pass(Slot slot, LongPredicate skipped, Held held) {
      this.slot = slot;
      this.skipped = skipped;
      this.held = held;
    }

    Uni<Held> all(List<RecordedEvent> page) {
      return fold(page)
          .map(folding -> {
            if (folding.failure() != null) {
              throw new EventNotApplicable(slot.stream(), folding.failure());
            }
            return folding.next();
          });
    }

    Uni<HistoryEntry> one(RecordedEvent event) {
      Held before = held;
      return fold(List.of(event)).map(folding -> HistoryEntry.of(event, before, folding));
    }

    private Uni<Folding> fold(List<RecordedEvent> page) {
      return Folding.of(slot.contribution(), held, page, skipped)
          .invoke(folding -> {
            held = folding.next();
            failed = folding.failure() != null;
          });
    }
  }
}
