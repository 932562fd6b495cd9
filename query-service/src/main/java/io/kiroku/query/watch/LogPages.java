package io.kiroku.query.watch;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.query.running.Changes.Watch;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the log page by page, when it is asked to, and waits at its end until something is
/// recorded. What nobody has asked for stays in the store.
final class LogPages implements AutoCloseable {
  /// Under load so much is read at once at the end of the log, instead of each event by itself.
  private static final Duration LINGER = Duration.ofMillis(10);

  private final EventLog log;
  private final LogTail tail;
  private long position;
  private @Nullable Watch recorded;
  private boolean closed;

  LogPages(EventLog log, LogTail tail, long afterPosition) {
    this.log = log;
    this.tail = tail;
    this.position = afterPosition;
  }

  /// One event at least. Fails with [EventStoreUnavailable], also when it is closed.
  Uni<LogBatch> next(int most) {
    return isClosed() ? end() : log.read(position, most).flatMap(events -> batch(events, most));
  }

  private Uni<LogBatch> batch(List<RecordedEvent> events, int most) {
    if (events.isEmpty()) {
      return more().flatMap(_ -> next(most));
    }
    position = events.getLast().position();
    return Uni.createFrom().item(new LogBatch(events, position));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /// Completes when there may be more than before.
  private Uni<Void> more() {
    Watch joined = joined();
    return joined == null
        ? tail.join().invoke(this::join).replaceWithVoid()
        : joined.next().flatMap(more -> more ? linger() : LogPages.<Void>end());
  }

  private static Uni<Void> linger() {
    return Uni.createFrom().voidItem().onItem().delayIt().by(LINGER);
  }

  private static <T> Uni<T> end() {
    return Uni.createFrom().failure(new EventStoreUnavailable("The log is not followed", null));
  }

  private synchronized @Nullable Watch joined() {
    return recorded;
  }

  private void join(Watch watch) {
    boolean late;
    synchronized (this) {
      recorded = watch;
      late = closed;
    }
    if (late) {
      tail.leave(watch);
    }
  }

  @Override
  public void close() {
    Watch joined;
    synchronized (this) {
      closed = true;
      joined = recorded;
    }
    if (joined != null) {
      tail.leave(joined);
    }
  }
}
