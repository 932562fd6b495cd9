package io.kiroku.eventstore.node.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events that stand for another event: `$>`, with `revision@stream` as data.
public final class Links {
  private Links() {}

  public static boolean isLink(LogRecord record) {
    return record.type().equals(Streams.LINK_TYPE);
  }

  /// The event that the link stands for, or null if readers do not see it (any more).
  public static @Nullable LogRecord target(EventLog log, LogRecord link) {
    LogRecord known = link.target();
    if (known != null) {
      return visible(log, known.stream(), known.revision(), known);
    }
    String text = link.event().data().toStringUtf8();
    int at = text.indexOf('@');
    String stream = text.substring(at + 1);
    if (at <= 0 || !Streams.isName(stream)) {
      return null;
    }
    try {
      return visible(log, stream, Long.parseLong(text.substring(0, at)), null);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable LogRecord visible(
      EventLog log, String stream, long revision, @Nullable LogRecord known) {
    long last = log.lastRevision(stream);
    StreamMetadata metadata = log.metadata(stream);
    if (last == Streams.TOMBSTONE || revision > last || revision < metadata.firstRevision(last)) {
      return null;
    }
    if (Streams.isMetadata(stream)
        && log.lastRevision(Streams.subject(stream)) == Streams.TOMBSTONE) {
      return null; // the metadata went with their stream
    }
    List<LogRecord> found = known == null ? log.readStream(stream, revision, 1) : List.of(known);
    return found.isEmpty() || metadata.expired(found.getFirst(), log.nowTicks())
        ? null
        : found.getFirst();
  }
}
