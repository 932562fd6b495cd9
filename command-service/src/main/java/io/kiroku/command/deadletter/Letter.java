package io.kiroku.command.deadletter;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.DeadLetters;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.proto.inventory.v1.InventoryCommand;
import io.kiroku.proto.ordering.v1.OrderingCommand;
import io.kiroku.proto.payment.v1.PaymentCommand;
import io.kiroku.proto.shipping.v1.ShippingCommand;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A dead letter, as far as it can be read.
///
/// @param contents empty if no participant could ever have read it
record Letter(ConsumerRecord<String, byte[]> message, Optional<Contents> contents) {
  /// @param step of the saga, and which attempt of it
  record Contents(MessageHeaders headers, String sagaId, String step, int attempt) {
    StreamId saga() {
      return new StreamId(headers.stream());
    }
  }

  static Letter of(ConsumerRecord<String, byte[]> message) {
    try {
      MessageHeaders headers = MessageHeaders.of(message.headers());
      ByteString envelope = ConfluentFraming.unframe(message.value()).payload();
      return new Letter(message, Optional.of(contents(message.topic(), headers, envelope)));
    } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
      return new Letter(message, Optional.empty());
    }
  }

  private static Contents contents(String topic, MessageHeaders headers, ByteString envelope)
      throws InvalidProtocolBufferException {
    return switch (commandTopic(topic)) {
      case Topics.INVENTORY_COMMANDS -> {
        var command = InventoryCommand.parseFrom(envelope);
        yield new Contents(headers, command.getSagaId(), command.getStep(), command.getAttempt());
      }
      case Topics.PAYMENT_COMMANDS -> {
        var command = PaymentCommand.parseFrom(envelope);
        yield new Contents(headers, command.getSagaId(), command.getStep(), command.getAttempt());
      }
      case Topics.SHIPPING_COMMANDS -> {
        var command = ShippingCommand.parseFrom(envelope);
        yield new Contents(headers, command.getSagaId(), command.getStep(), command.getAttempt());
      }
      case Topics.ORDERING_COMMANDS -> {
        var command = OrderingCommand.parseFrom(envelope);
        yield new Contents(headers, command.getSagaId(), command.getStep(), command.getAttempt());
      }
      default -> throw new IllegalArgumentException("No commands are on " + topic);
    };
  }

  LetterPlace place() {
    return new LetterPlace(message.topic(), message.partition(), message.offset());
  }

  /// Where the message came from.
  String commandTopic() {
    return commandTopic(message.topic());
  }

  private static String commandTopic(String topic) {
    return topic.substring(0, topic.length() - DeadLetters.SUFFIX.length());
  }

  /// The letter's own: a message that is redriven and fails again leaves another letter.
  UUID id() {
    return contents.map(found -> UuidV5.of(found.headers().id(), place().toString())).orElseThrow();
  }

  /// Of the saga; empty if no participant could ever have read it.
  Optional<String> tenant() {
    return contents.map(found -> found.headers().tenant());
  }

  /// Empty if there is no such header.
  String header(String name) {
    String text = MessageHeaders.text(message.headers(), name);
    return text == null ? "" : text;
  }
}
