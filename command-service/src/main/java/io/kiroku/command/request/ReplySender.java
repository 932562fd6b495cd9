package io.kiroku.command.request;

import io.kiroku.command.message.MessageProducer;
import io.kiroku.proto.commands.v1.CommandAccepted;
import io.kiroku.proto.commands.v1.CommandRejected;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.kafka.SchemaIds;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Sends answers to `kiroku.commands.replies`.
@Singleton
class ReplySender {
  static final String TOPIC = "kiroku.commands.replies";

  private final MessageProducer producer;
  private final SchemaIds schemas;
  private final MeterRegistry registry;

  ReplySender(MessageProducer producer, SchemaIds schemas, MeterRegistry registry) {
    this.producer = producer;
    this.schemas = schemas;
    this.registry = registry;
  }

  /// Completes when the brokers have it.
  ///
  /// @param topic of the command
  /// @param id the same for every delivery of the same answer
  /// @param tenant null if nobody is signed in
  Uni<Void> send(
      String topic, UUID id, CommandReply reply, RequestHeaders to, @Nullable String tenant) {
    return schemas
        .of(TOPIC)
        .flatMap(schema -> producer.send(message(schema, id, reply, to, tenant)))
        .invoke(() -> count(topic, reply));
  }

  private void count(String topic, CommandReply reply) {
    registry
        .counter(
            "kiroku.requests.answered",
            "topic",
            topic,
            "outcome",
            reply.hasAccepted() ? "accepted" : reply.getRejected().getCode())
        .increment();
  }

  private static ProducerRecord<String, byte[]> message(
      int schema, UUID id, CommandReply reply, RequestHeaders to, @Nullable String tenant) {
    var message =
        new ProducerRecord<>(TOPIC, reply.getMessageId(), ConfluentFraming.frame(schema, reply));
    var headers = message.headers();
    MessageHeaders.put(headers, MessageHeaders.ID, id.toString());
    MessageHeaders.put(headers, MessageHeaders.TYPE, type(reply));
    MessageHeaders.put(headers, MessageHeaders.CAUSATION_ID, to.id().toString());
    if (tenant != null) {
      MessageHeaders.put(headers, MessageHeaders.TENANT, tenant);
    }
    if (to.traceparent() != null) {
      MessageHeaders.put(headers, MessageHeaders.TRACEPARENT, to.traceparent());
    }
    return message;
  }

  private static String type(CommandReply reply) {
    return (reply.hasAccepted() ? CommandAccepted.getDescriptor() : CommandRejected.getDescriptor())
        .getFullName();
  }
}
