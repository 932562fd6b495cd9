package io.kiroku.bench.writeside;

import io.kiroku.bench.Arrivals;
import io.kiroku.bench.Log;
import io.kiroku.bench.Samples;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.shared.ProductId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// From a committed append to the message in a Kafka consumer: publisher, PostgreSQL, Debezium and
/// Kafka in between.
final class KafkaArrivals {
  private static final String TOPIC = "kiroku.inventory.events";
  private static final int PER_SECOND = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Log log;
  private final String kafka;
  private final Map<String, Long> appendedNanos = new ConcurrentHashMap<>();
  private final Samples samples = new Samples();

  KafkaArrivals(Log log, String kafka) {
    this.log = log;
    this.kafka = kafka;
  }

  Table run(Duration length) throws InterruptedException {
    int events = Math.toIntExact(length.toSeconds() * PER_SECOND);
    try (KafkaConsumer<String, byte[]> consumer = atTheEnd()) {
      Thread appending =
          Thread.ofPlatform().start(() -> Arrivals.run(PER_SECOND, length, this::append));
      long until = System.nanoTime() + length.plus(PATIENCE).toNanos();
      while (samples.count() < events && System.nanoTime() < until) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::arrived);
      }
      appending.join();
    }
    var table =
        new Table(
            "Append to Kafka consumer at 100 events/s",
            "events",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "missing");
    table.row(
        samples.count(),
        samples.millisAt(0.5),
        samples.millisAt(0.95),
        samples.millisAt(0.99),
        events - samples.count());
    return table;
  }

  private KafkaConsumer<String, byte[]> atTheEnd() {
    var consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(found -> new TopicPartition(TOPIC, found.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private void append() {
    ProductId product = new ProductId(UUID.randomUUID());
    StreamId stream = CommandRoundTrips.stream(product);
    log.appending(stream, -1, List.of(new StockReceived(product, 1, Instant.now())))
        .subscribe()
        .with(_ -> appended(stream.value()), failure -> failure.printStackTrace());
  }

  /// The message may be here before the append's own answer.
  private void appended(String stream) {
    Long arrived = appendedNanos.putIfAbsent(stream, System.nanoTime());
    if (arrived != null) {
      samples.add(0);
    }
  }

  private void arrived(ConsumerRecord<String, byte[]> message) {
    var header = message.headers().lastHeader("stream");
    if (header == null) {
      return;
    }
    String stream = new String(header.value(), StandardCharsets.UTF_8);
    Long appended = appendedNanos.putIfAbsent(stream, System.nanoTime());
    if (appended != null) {
      samples.add(System.nanoTime() - appended);
    }
  }
}
