package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What is done with each message of a topic.
interface MessageHandler {
  /// Completes when the effect is durable. May be called again with the same message.
  Uni<Void> handle(ConsumerRecord<String, byte[]> message) throws InvalidProtocolBufferException;
}
