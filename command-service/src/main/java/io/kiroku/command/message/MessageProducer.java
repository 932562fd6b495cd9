package io.kiroku.command.message;

import io.kiroku.service.kafka.Sends;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Sends single messages; made when it is first needed.
@Singleton
public class MessageProducer {
  private final String bootstrap;
  private @Nullable Producer<String, byte[]> producer;

  MessageProducer(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /// Completes when the brokers have it.
  public Uni<Void> send(ProducerRecord<String, byte[]> message) {
    return Uni.createFrom()
        .deferred(() -> Sends.send(producer(), message))
        // The first message waits for the topic's metadata.
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        // The client's own thread is not for what comes next.
        .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  private synchronized Producer<String, byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrap,
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  5_000,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  5_000,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  10_000),
              new StringSerializer(),
              new ByteArraySerializer());
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
