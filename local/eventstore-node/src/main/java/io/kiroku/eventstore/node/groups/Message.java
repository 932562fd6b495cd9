package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Links;
import io.kiroku.eventstore.node.log.LogRecord;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event on its way to one consumer of a group.
public final class Message {
  /// The place of a parked message that is replayed: after all others, and of no effect on the
  /// checkpoint.
  private static final long REPLAYED = Long.MAX_VALUE;

  /// By place; replayed ones come last, as they were parked.
  static final Comparator<Message> IN_ORDER =
      Comparator.<Message>comparingLong(message -> message.place)
          .thenComparingLong(message -> message.record.revision());

  private final LogRecord record;
  private final @Nullable LogRecord target;
  private final boolean lost;
  private final long place;
  int retries;
  long number;
  long deliveredNanos;
  @Nullable GroupConsumer consumer;

  private Message(LogRecord record, @Nullable LogRecord target, boolean lost, long place) {
    this.record = record;
    this.target = target;
    this.lost = lost;
    this.place = place;
  }

  /// What was read. May block if a link is to be resolved.
  ///
  /// @param place position or revision of the record in its source
  static Message read(EventLog log, LogRecord record, boolean resolve, long place) {
    if (!resolve || !Links.isLink(record)) {
      return plain(record, place);
    }
    LogRecord target = Links.target(log, record);
    return new Message(record, target, target == null, place);
  }

  /// What was read, taken as it is.
  static Message plain(LogRecord record, long place) {
    return new Message(record, null, false, place);
  }

  /// What was parked, and is to be delivered again.
  static Message replayed(LogRecord link, LogRecord target) {
    return new Message(link, target, false, REPLAYED);
  }

  /// What was read, possibly a link.
  public LogRecord record() {
    return record;
  }

  /// What the record is a resolved link to.
  public @Nullable LogRecord target() {
    return target;
  }

  /// Whether the record is a link that should be resolved, but what it stands for is gone.
  public boolean lost() {
    return lost;
  }

  /// How often it was delivered before.
  public int retries() {
    return retries;
  }

  long place() {
    return place;
  }

  /// What consumers acknowledge it with: the link's id if it is a link.
  UUID id() {
    return record.id();
  }

  int sizeBytes() {
    return record.sizeBytes() + (target == null ? 0 : target.sizeBytes());
  }

  /// What the parked stream says of it.
  String linkText() {
    if (lost) {
      return record.event().data().toStringUtf8();
    }
    LogRecord event = target == null ? record : target;
    return event.revision() + "@" + event.stream();
  }
}
