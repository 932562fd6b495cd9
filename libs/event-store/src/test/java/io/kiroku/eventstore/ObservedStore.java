package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real store behind a wire that can be watched and cut.
final class ObservedStore implements EventStore {
  private final EventStore store;
  final AtomicInteger appends = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger eventsRead = new AtomicInteger();

  /// Runs once before the next append reaches the store: another process was faster.
  @Nullable Runnable beforeNextAppend;

  /// The next answer gets lost on its way, the append does not.
  boolean loseNextAnswer;

  /// Nothing gets through.
  boolean away;

  ObservedStore(EventStore store) {
    this.store = store;
  }

  @Override
  public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
    return Uni.createFrom()
        .deferred(() -> {
          if (away) {
            return Uni.createFrom().failure(new EventStoreUnavailable("away", null));
          }
          reads.incrementAndGet();
          return store.read(stream, fromRevision, most);
        })
        .invoke(events -> eventsRead.addAndGet(events.size()));
  }

  @Override
  public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events) {
    List<NewEvent> given = new ArrayList<>(events);
    return Uni.createFrom()
        .deferred(() -> {
          Runnable before = beforeNextAppend;
          beforeNextAppend = null;
          if (before != null) {
            before.run();
          }
          if (away) {
            return Uni.createFrom().failure(new EventStoreUnavailable("away", null));
          }
          appends.incrementAndGet();
          Uni<Appended> appended = store.append(stream, expectedRevision, given);
          if (!loseNextAnswer) {
            return appended;
          }
          loseNextAnswer = false;
          return appended.flatMap(
              _ -> Uni.createFrom().failure(new EventStoreUnavailable("answer lost", null)));
        });
  }
}
