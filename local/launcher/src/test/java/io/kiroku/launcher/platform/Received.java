package io.kiroku.launcher.platform;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads one topic from its beginning, without a group, and keeps what has come.
final class Received implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(150);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  Received(String bootstrap, String topic, int partitions) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> assigned = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      assigned.add(new TopicPartition(topic, partition));
    }
    consumer.assign(assigned);
    consumer.seekToBeginning(assigned);
  }

  ConsumerRecord<String, byte[]> await1(UUID id) {
    return await()
        .atMost(BOUND)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .until(() -> find(id), found -> !found.isEmpty())
        .getFirst();
  }

  List<ConsumerRecord<String, byte[]>> poll() {
    List<ConsumerRecord<String, byte[]>> fresh = new ArrayList<>();
    consumer.poll(Duration.ofMillis(20)).forEach(fresh::add);
    records.addAll(fresh);
    return fresh;
  }

  private List<ConsumerRecord<String, byte[]>> find(UUID id) {
    poll();
    return records.stream().filter(r -> id.toString().equals(headers(r).get("id"))).toList();
  }

  static Map<String, String> headers(ConsumerRecord<String, byte[]> received) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : received.headers()) {
      byte[] value = header.value();
      headers.put(
          header.key(), value == null ? "(null)" : new String(value, StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
