package io.kiroku.job.relay;

import io.kiroku.job.store.RedisLink;
import io.kiroku.service.kafka.SchemaIds;
import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/// Sends some outboxes' entries to Kafka as long as it holds their lease. A crash between Kafka's
/// acknowledgement and the deletion sends an entry twice, never not at all.
final class OutboxRelay implements Runnable {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  // More than the producer's own delivery timeout: it gives up first, and says why.
  private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(45);

  private final Redis redis;
  private final RedisLink link;
  private final Producer<String, byte[]> producer;
  private final SchemaIds schemas;
  private final RelayConfig config;
  private final List<String> outboxes;
  private final RelayLease lease;
  private final Counter counter;
  private volatile boolean running = true;

  OutboxRelay(
      Redis redis,
      Producer<String, byte[]> producer,
      SchemaIds schemas,
      RelayConfig config,
      List<String> outboxes,
      Counter counter) {
    this.redis = redis;
    this.link = new RedisLink(redis);
    this.producer = producer;
    this.schemas = schemas;
    this.config = config;
    this.outboxes = List.copyOf(outboxes);
    this.lease = new RelayLease(link, outboxes.getFirst(), config.lease());
    this.counter = counter;
  }

  void stop() {
    running = false;
  }

  @Override
  public void run() {
    while (running) {
      try {
        if (lease.holdOn()) {
          relay();
        }
      } catch (RuntimeException failure) {
        LOG.warnf("The outbox waits: %s", failure);
      }
      pause();
    }
    release();
  }

  private void relay() {
    int schemaId = schemas.of(config.topic()).await().indefinitely();
    LOG.debugf("Emptying %s", outboxes);
    try (OutboxReader reader = OutboxReader.open(redis, outboxes, config)) {
      while (running && lease.holdOn()) {
        List<OutboxEntry> entries = reader.read();
        if (!entries.isEmpty()) {
          send(entries, schemaId);
          delete(entries);
          counter.increment(entries.size());
        }
      }
    }
  }

  private void send(List<OutboxEntry> entries, int schemaId) {
    List<Future<RecordMetadata>> sends = new ArrayList<>(entries.size());
    for (OutboxEntry entry : entries) {
      sends.add(producer.send(entry.message(config.topic(), schemaId)));
    }
    try {
      for (Future<RecordMetadata> send : sends) {
        send.get(ACKNOWLEDGEMENT.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException refused) {
      throw new IllegalStateException("Kafka did not take it", refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  private void delete(List<OutboxEntry> entries) {
    Map<String, List<OutboxEntry>> byOutbox =
        entries.stream().collect(Collectors.groupingBy(OutboxEntry::outbox));
    List<Uni<?>> deletions = new ArrayList<>();
    byOutbox.forEach((outbox, sent) -> {
      Request delete = Request.cmd(Command.XDEL).arg(outbox);
      sent.forEach(entry -> delete.arg(entry.id()));
      deletions.add(link.send(delete));
    });
    Uni.combine().all().unis(deletions).discardItems().await().atMost(ANSWER);
  }

  private void release() {
    try {
      lease.release();
    } catch (RuntimeException failure) {
      LOG.debug("The lease runs out by itself", failure);
    }
  }

  private void pause() {
    try {
      if (running) {
        Thread.sleep(config.retryAfter());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }
}
