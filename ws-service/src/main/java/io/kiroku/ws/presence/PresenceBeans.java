package io.kiroku.ws.presence;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Wires presence and runs its sender.
@ApplicationScoped
class PresenceBeans {
  private @Nullable Thread sender;

  void start(@Observes StartupEvent started, SocketEvents events) {
    sender = Thread.ofVirtual().name("socket-events").start(events);
  }

  void stop(@Observes ShutdownEvent stopping, SocketEvents events) {
    events.stop();
    Thread running = sender;
    if (running != null) {
      running.interrupt();
    }
  }

  @Produces
  @Singleton
  static Producer<String, byte[]> producer(
      @Identifier("default-kafka-broker") Map<String, Object> configured) {
    Map<String, Object> settings = new HashMap<>(configured);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  static void close(@Disposes Producer<String, byte[]> producer) {
    producer.close(Duration.ofSeconds(2));
  }
}
