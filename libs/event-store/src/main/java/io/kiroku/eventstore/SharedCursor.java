package io.kiroku.eventstore;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads by a subscription of its own while it is behind, then with the others. It ends when the
/// tail of the log does: only a new cursor makes sure that its position is one of the same log.
final class SharedCursor implements LogCursor {
  private final SharedLog log;
  private final Set<String> prefixes;
  private volatile long position;
  // Positions that were read are of this log; the one that it began with may be of another.
  private volatile boolean hasRead;
  private @Nullable LogTail tail;
  private @Nullable LogCursor apart;
  private boolean closed;

  SharedCursor(SharedLog log, long afterPosition, Set<String> prefixes) {
    this.log = log;
    this.position = afterPosition;
    this.prefixes = Set.copyOf(prefixes);
  }

  @Override
  public Uni<LogBatch> next(int most) {
    return Uni.createFrom()
        .deferred(() -> joined().started())
        .flatMap(tail -> next(tail, most))
        .invoke(batch -> {
          position = batch.position();
          hasRead = true;
        });
  }

  private Uni<LogBatch> next(LogTail tail, int most) {
    if (tail.keeps(position, hasRead)) {
      leaveApart();
      return tail.next(position, prefixes, most)
          .flatMap(batch -> batch == null ? apart().next(most) : Uni.createFrom().item(batch));
    }
    return apart().next(most);
  }

  private synchronized LogTail joined() {
    if (closed) {
      throw new EventStoreUnavailable("The cursor is closed", null);
    }
    if (tail == null) {
      tail = log.join();
    }
    return tail;
  }

  private synchronized LogCursor apart() {
    if (closed) {
      throw new EventStoreUnavailable("The cursor is closed", null);
    }
    if (apart == null) {
      apart = log.openApart(position, prefixes);
    }
    return apart;
  }

  private synchronized void leaveApart() {
    if (apart != null) {
      apart.close();
      apart = null;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      leaveApart();
      if (tail != null) {
        tail.leave();
      }
    }
  }
}
