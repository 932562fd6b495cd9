package io.kiroku.eventstore;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the list that the log is.
final class InMemoryLogCursor implements LogCursor {
  private final InMemoryEventStore store;
  private final Set<String> prefixes;
  private final Waiting<LogBatch> waiting = new Waiting<>(this::batch);
  private final Runnable listener = waiting::wake;
  private long position;
  private int most;

  InMemoryLogCursor(InMemoryEventStore store, long afterPosition, Set<String> prefixes) {
    this.store = store;
    this.position = afterPosition;
    this.prefixes = Set.copyOf(prefixes);
    store.listen(listener);
  }

  @Override
  public Uni<LogBatch> next(int most) {
    long head = store.headNow();
    if (position > head) {
      return Uni.createFrom().failure(new PositionBeyondLog(position, head));
    }
    return Uni.createFrom()
        .deferred(() -> {
          this.most = most;
          return waiting.next();
        });
  }

  private Optional<LogBatch> batch() {
    long head = store.headNow();
    List<RecordedEvent> events = store.after(position, prefixes, most);
    long reached = events.size() < most ? head : events.getLast().position();
    if (reached == position) {
      return Optional.empty();
    }
    position = reached;
    return Optional.of(new LogBatch(events, reached));
  }

  @Override
  public void close() {
    store.forget(listener);
  }
}
