package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Streams;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event on its way to one consumer of a group.
public final class Message {
  /// The place of a parked message that is replayed: after all others, and of no effect on the
  /// checkpoint.
  static final long REPLAYED = Long.MAX_VALUE;

  static final Comparator<Message> BY_PLACE = Comparator.comparingLong(message -> message.place);

  private final LogRecord record;
  private final @Nullable LogRecord target;
  private final long place;
  int retries;
  long deadlineNanos;
  @Nullable GroupConsumer consumer;

  /// @param record what was read; a link if `target` is what it stands for
  /// @param place position or revision of the record in its source
  Message(LogRecord record, @Nullable LogRecord target, long place) {
    this.record = record;
    this.target = target;
    this.place = place;
  }

  /// What was read, possibly a link.
  public LogRecord record() {
    return record;
  }

  /// What the record is a resolved link to.
  public @Nullable LogRecord target() {
    return target;
  }

  /// How often it was delivered before.
  public int retries() {
    return retries;
  }

  long place() {
    return place;
  }

  boolean replayed() {
    return place == REPLAYED;
  }

  /// What consumers acknowledge it with.
  UUID id() {
    return record.id();
  }

  /// What the parked stream says of it.
  String linkText() {
    return record.type().equals(Streams.LINK_TYPE)
        ? record.event().data().toStringUtf8()
        : record.revision() + "@" + record.stream();
  }
}
