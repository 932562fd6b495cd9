package io.kiroku.command.request;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Tokens;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.catalog.v1.CreateCategory;
import io.kiroku.proto.catalog.v1.CreateProduct;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.testing.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// A program that commands over Kafka and reads what it is answered.
final class Program implements AutoCloseable {
  static final String CATALOG = "kiroku.catalog.requests";
  private static final Duration TOKEN_FOR = Duration.ofHours(1);

  private final Tokens tokens;
  private final KafkaProducer<String, byte[]> producer;
  private final TopicReader replies;

  Program(Platform platform, String kafka) {
    this.tokens = new Tokens(platform.keys().signingKey());
    this.producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer());
    this.replies = new TopicReader(kafka, ReplySender.TOPIC);
  }

  /// A staff member's, for one hour.
  String token(Instant issued) {
    return tokens.sign(Tokens.Role.admin, "staff", issued, TOKEN_FOR);
  }

  /// A customer's, for one hour.
  String customer(String user) {
    return tokens.sign(Tokens.Role.reader, user, Instant.now(), TOKEN_FOR);
  }

  UUID send(String topic, @Nullable String token, Message envelope) {
    return send(message(topic, token, envelope));
  }

  /// The message's id.
  UUID send(ProducerRecord<String, byte[]> message) {
    var _ = place(message);
    return id(message);
  }

  /// Where the message is.
  RecordMetadata place(ProducerRecord<String, byte[]> message) {
    try {
      // What was sent is closed to changes: this one may be sent again.
      var copy =
          new ProducerRecord<>(
              message.topic(),
              null,
              message.timestamp(),
              message.key(),
              message.value(),
              message.headers());
      return producer.send(copy).get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static ProducerRecord<String, byte[]> message(
      String topic, @Nullable String token, Message envelope, String key) {
    var message = new ProducerRecord<>(topic, key, ConfluentFraming.frame(1, envelope));
    MessageHeaders.put(message.headers(), MessageHeaders.ID, UUID.randomUUID().toString());
    if (token != null) {
      MessageHeaders.put(message.headers(), RequestHeaders.AUTHORIZATION, "Bearer " + token);
    }
    return message;
  }

  static ProducerRecord<String, byte[]> message(
      String topic, @Nullable String token, Message envelope) {
    return message(topic, token, envelope, UUID.randomUUID().toString());
  }

  static UUID id(ProducerRecord<String, byte[]> message) {
    return MessageHeaders.id(message.headers());
  }

  /// The first answer to a message.
  CommandReply reply(UUID id) {
    byte[] found = replies(id, 1).getFirst().value();
    try {
      return CommandReply.parseFrom(ConfluentFraming.unframe(found).payload());
    } catch (InvalidProtocolBufferException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  String code(UUID id) {
    return reply(id).getRejected().getCode();
  }

  CommandReply ask(ProducerRecord<String, byte[]> message) {
    return reply(send(message));
  }

  /// Sends a command and waits for the answer.
  CommandReply ask(String topic, @Nullable String token, Message envelope) {
    return reply(send(topic, token, envelope));
  }

  /// The code of the refusal.
  String refusal(String topic, @Nullable String token, Message envelope) {
    return code(send(topic, token, envelope));
  }

  /// All answers to a message, once there are so many.
  List<ConsumerRecord<String, byte[]>> replies(UUID id, int least) {
    return replies.of(id.toString(), found -> found.size() >= least);
  }

  static Message category(String name) {
    return CatalogRequest.newBuilder()
        .setCreateCategory(CreateCategory.newBuilder().setName(name))
        .build();
  }

  static Message product(String category) {
    return CatalogRequest.newBuilder()
        .setCreateProduct(
            CreateProduct.newBuilder()
                .setName("Tea bowl")
                .setPriceMinorUnits(1_500)
                .setCurrency("JPY")
                .setCategoryId(category))
        .build();
  }

  @Override
  public void close() {
    producer.close();
    replies.close();
  }
}
