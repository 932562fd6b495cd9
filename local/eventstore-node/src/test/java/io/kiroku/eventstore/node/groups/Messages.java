package io.kiroku.eventstore.node.groups;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.util.UUID;

/// Messages without a log.
final class Messages {
  private Messages() {}

  static Message message(String stream, long revision) {
    Event event =
        new Event(UUID.randomUUID(), "happened", true, ByteString.EMPTY, ByteString.EMPTY);
    return Message.plain(new LogRecord(revision, stream, revision, event, 0), revision);
  }
}
