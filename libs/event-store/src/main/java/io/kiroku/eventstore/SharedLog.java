package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log whose cursors share one subscription once they have caught up: a process with ten readers
/// of everything would otherwise be sent everything ten times. Who is behind reads by a
/// subscription of his own until he meets the others.
public final class SharedLog implements EventLog {
  /// Events that are kept for readers who are a little behind.
  private static final int RECENT_MIN = 2_048;

  private final EventLog log;
  private final int recentMin;
  private @Nullable LogTail tail;

  public SharedLog(EventLog log) {
    this(log, RECENT_MIN);
  }

  SharedLog(EventLog log, int recentMin) {
    this.log = log;
    this.recentMin = recentMin;
  }

  @Override
  public Uni<Long> head() {
    return log.head();
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return log.read(afterPosition, most);
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return log.readBackwards(beforePosition, most);
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return new SharedCursor(this, afterPosition, streamPrefixes);
  }

  /// A subscription of its own.
  LogCursor openApart(long afterPosition, Set<String> streamPrefixes) {
    return log.open(afterPosition, streamPrefixes);
  }

  /// The tail, with one member more; begun anew if there is none, or the last one broke.
  synchronized LogTail join() {
    LogTail current = tail;
    if (current == null || !current.join()) {
      current = new LogTail(log, recentMin);
      tail = current;
    }
    return current;
  }
}
