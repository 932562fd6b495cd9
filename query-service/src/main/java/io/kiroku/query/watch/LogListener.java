package io.kiroku.query.watch;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what is recorded from now on, until it is closed or the store goes away.
final class LogListener implements AutoCloseable {
  private static final int BATCH = 256;

  private final Consumer<RecordedEvent> heard;
  private final BiConsumer<LogListener, Throwable> broken;
  private final Uni<Void> begun;
  private @Nullable LogCursor cursor;
  private boolean closed;

  /// @param heard is told of each event; must not block
  /// @param broken is told when the store goes away, and when it is closed
  LogListener(
      EventLog log,
      Set<String> streamPrefixes,
      Consumer<RecordedEvent> heard,
      BiConsumer<LogListener, Throwable> broken) {
    this.heard = heard;
    this.broken = broken;
    this.begun =
        log.head()
            .invoke(head -> read(log.open(head, streamPrefixes)))
            .onFailure()
            .invoke(failure -> broken.accept(this, failure))
            .replaceWithVoid()
            .memoize()
            .indefinitely();
  }

  /// From then on nothing is missed.
  Uni<Void> begun() {
    return begun;
  }

  private void read(LogCursor opened) {
    if (isKept(opened)) {
      Multi.createBy()
          .repeating()
          .uni(() -> opened.next(BATCH))
          .indefinitely()
          .subscribe()
          .with(this::tell, failure -> broken.accept(this, failure));
    } else {
      opened.close();
    }
  }

  private synchronized boolean isKept(LogCursor opened) {
    cursor = opened;
    return !closed;
  }

  private void tell(LogBatch batch) {
    batch.events().forEach(heard);
  }

  /// What waits for the next event fails.
  @Override
  public synchronized void close() {
    closed = true;
    if (cursor != null) {
      cursor.close();
    }
  }
}
