package io.kiroku.command.catalog;

import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/// One process's way to a store that it shares with others: something may happen before each step.
///
/// @param beforeEach may fail, as if the process or the store was gone
record SteppedStore(InMemoryEventStore store, Runnable beforeEach) implements EventStore, EventLog {
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
    return step().flatMap(_ -> store.head());
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return step().flatMap(_ -> store.read(afterPosition, most));
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return step().flatMap(_ -> store.readBackwards(beforePosition, most));
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return store.open(afterPosition, streamPrefixes);
  }

  private Uni<Void> step() {
    return Uni.createFrom().voidItem().invoke(beforeEach);
  }
}
