package io.kiroku.job.relay;

import io.kiroku.job.store.Shards;
import io.kiroku.service.kafka.SchemaIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;

/// Starts the relays with the service and stops them with it.
@ApplicationScoped
class OutboxRelays {
  private static final Duration STOP_MOST = Duration.ofSeconds(3);

  private final List<OutboxRelay> relays = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  OutboxRelays(
      Redis redis,
      Producer<String, byte[]> producer,
      SchemaIds schemas,
      RelayConfig config,
      MeterRegistry metrics) {
    Counter counter = metrics.counter("kiroku.job.outbox.sent");
    List<String> outboxes = IntStream.range(0, Shards.COUNT).mapToObj(Shards::outbox).toList();
    for (int from = 0; from < outboxes.size(); from += config.shardsPerReader()) {
      int to = Math.min(from + config.shardsPerReader(), outboxes.size());
      relays.add(
          new OutboxRelay(redis, producer, schemas, config, outboxes.subList(from, to), counter));
    }
  }

  void start(@Observes StartupEvent started) {
    relays.forEach(relay -> threads.add(Thread.ofVirtual().name("outbox-relay").start(relay)));
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    relays.forEach(OutboxRelay::stop);
    for (Thread thread : threads) {
      thread.join(STOP_MOST);
    }
  }
}
