package io.kiroku.chaos.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What is in Kafka's topics, from their beginning to their end as it is now.
record Messages(String bootstrap) {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  /// @param cause id of the event that it tells, or whose effect it is
  record Message(
      String topic,
      int partition,
      String key,
      String id,
      String cause,
      String stream,
      long revision,
      long position) {
    static Message of(ConsumerRecord<String, byte[]> record) {
      return new Message(
          record.topic(),
          record.partition(),
          String.valueOf(record.key()),
          header(record, "id"),
          header(record, "causation-id"),
          header(record, "stream"),
          number(record, "revision"),
          number(record, "log-position"));
    }

    private static long number(ConsumerRecord<String, byte[]> record, String name) {
      String text = header(record, name);
      return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
      Header header = record.headers().lastHeader(name);
      return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
  }

  /// Topics that exist and begin with `kiroku.`.
  List<String> topics() {
    try (Consumer<String, byte[]> consumer = consumer()) {
      Set<String> topics = consumer.listTopics(ANSWER_MAX).keySet();
      return topics.stream().filter(topic -> topic.startsWith("kiroku.")).sorted().toList();
    }
  }

  /// In the order of each partition.
  List<Message> in(List<String> topics) {
    List<Message> messages = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic, ANSWER_MAX).stream())
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_MAX);
      long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
      while (!isAt(ends, consumer)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Kafka does not give what it has within " + ANSWER_MAX);
        }
        var records = consumer.poll(POLL);
        records.forEach(record -> messages.add(Message.of(record)));
        if (!records.isEmpty()) {
          deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        }
      }
    }
    return messages;
  }

  private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), ANSWER_MAX) >= end.getValue());
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
