package io.kiroku.command.request;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.Frame;
import io.kiroku.service.kafka.MalformedFrame;
import io.kiroku.service.security.Caller;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A command as it came from Kafka, not looked into yet.
///
/// @param envelope bytes of the topic's envelope message
record ReceivedRequest(RequestHeaders headers, ByteString envelope) {
  // The first message of its file: https://docs.confluent.io, as in ConfluentFraming.
  private static final List<Integer> ENVELOPE = List.of(0);

  /// Fails with [MalformedFrame] for what is not framed, or frames something else.
  static ReceivedRequest of(ConsumerRecord<String, byte[]> message) {
    RequestHeaders headers = RequestHeaders.of(message.headers());
    if (message.value() == null) {
      throw new MalformedFrame("no value");
    }
    Frame frame = ConfluentFraming.unframe(message.value());
    if (!frame.indexes().equals(ENVELOPE)) {
      throw new MalformedFrame("message type " + frame.indexes() + " is not the topic's envelope");
    }
    return new ReceivedRequest(headers, frame.payload());
  }

  UUID commandId(Caller caller) {
    return CommandIds.commandId(caller.tenant(), caller.userId(), headers.idempotencyKey());
  }

  /// Of the answer; the same for every delivery of the message, another one if its sender used the
  /// message's id for something else.
  UUID replyId(Caller caller) {
    String hash = CommandIds.requestHash(envelope.toByteArray());
    return UuidV5.of(commandId(caller), headers.id().toString(), hash);
  }
}
