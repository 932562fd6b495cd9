package io.kiroku.command.catalog;

import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One process's way to a store that it shares with others: something may happen before each step.
///
/// @param beforeEach may fail, as if the process or the store was gone
record SteppedStore(EventStore store, EventLog log, Runnable beforeEach)
    implements EventStore, EventLog {
  /// Lets a process work that dies before one of its steps.
  ///
  /// @return whether it did; if not, it got to its end before
  static boolean dies(int step, EventStore store, EventLog log, Consumer<CatalogProcess> work) {
    AtomicInteger left = new AtomicInteger(step);
    Runnable beforeEach =
        () -> {
          if (left.getAndDecrement() <= 0) {
            throw new EventStoreUnavailable("This process is dead", null);
          }
        };
    var dying = new SteppedStore(store, log, beforeEach);
    try {
      work.accept(new CatalogProcess(dying, dying));
      return false;
    } catch (EventStoreUnavailable dead) {
      return true;
    }
  }

  /// A process before one of whose steps something else happens.
  static CatalogProcess interrupted(int step, InMemoryEventStore store, Runnable other) {
    AtomicInteger steps = new AtomicInteger();
    Runnable beforeEach =
        () -> {
          if (steps.getAndIncrement() == step) {
            other.run();
          }
        };
    var interrupted = new SteppedStore(store, store, beforeEach);
    return new CatalogProcess(interrupted, interrupted);
  }

  @Override
  public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
    return step().flatMap(_ -> store.read(stream, fromRevision, most));
  }

  @Override
  public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events) {
    return step().flatMap(_ -> store.append(stream, expectedRevision, events));
  }

  @Override
  public Uni<Long> head() {
    return step().flatMap(_ -> log.head());
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return step().flatMap(_ -> log.read(afterPosition, most));
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return step().flatMap(_ -> log.readBackwards(beforePosition, most));
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return log.open(afterPosition, streamPrefixes);
  }

  private Uni<Void> step() {
    return Uni.createFrom().voidItem().invoke(beforeEach);
  }
}
