package io.kiroku.command.deadletter;

import io.kiroku.command.participant.DeadLetters;
import io.kiroku.command.participant.Participants;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads the topics of dead letters, without a group: nothing is consumed. Every method fails with
/// `UNAVAILABLE` if Kafka does not answer.
@Singleton
class LetterBox {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);

  private final List<String> topics;
  private final String bootstrap;

  LetterBox(
      Participants participants,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
    this.topics = participants.topics().stream().map(topic -> topic + DeadLetters.SUFFIX).toList();
    this.bootstrap = bootstrap;
  }

  /// @param complete whether there is nothing after it
  record Page(List<Letter> letters, boolean complete) {}

  /// Names of the contexts that have letters.
  List<String> contexts() {
    return topics.stream().map(LetterBox::context).distinct().sorted().toList();
  }

  private static String context(String topic) {
    return topic.split("\\.", -1)[1];
  }

  /// At most so many letters from a place on, in their order.
  ///
  /// @param context empty for all
  Uni<Page> read(String context, LetterPlace from, int most) {
    List<String> wanted =
        topics.stream().filter(t -> context.isEmpty() || context(t).equals(context)).toList();
    return asked(consumer -> read(consumer, wanted, from, most));
  }

  /// Empty if there is no letter at this place.
  Uni<Optional<Letter>> find(LetterPlace place) {
    if (!topics.contains(place.topic())) {
      return Uni.createFrom().item(Optional.empty());
    }
    return asked(consumer -> read(consumer, List.of(place.topic()), place, 1))
        .map(page ->
            page.letters().stream().filter(found -> found.place().equals(place)).findFirst());
  }

  private static Page read(
      Consumer<String, byte[]> consumer, List<String> topics, LetterPlace from, int most) {
    List<Letter> letters = new ArrayList<>();
    for (var range : ranges(consumer, topics, from).entrySet()) {
      if (letters.size() == most) {
        return new Page(letters, false);
      }
      read(consumer, range.getKey(), range.getValue(), most - letters.size()).stream()
          .map(Letter::of)
          .forEach(letters::add);
      if (letters.size() == most && letters.getLast().message().offset() + 1 < range.getValue()) {
        return new Page(letters, false);
      }
    }
    return new Page(letters, true);
  }

  /// Where to read from, in order, and the offset at which each of them ends.
  private static SortedMap<LetterPlace, Long> ranges(
      Consumer<String, byte[]> consumer, List<String> topics, LetterPlace from) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    SortedMap<LetterPlace, Long> ranges = new TreeMap<>();
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> {
          long begin = begins.getOrDefault(partition, 0L);
          boolean first = partition.equals(from.topicPartition());
          var place =
              new LetterPlace(
                  partition.topic(),
                  partition.partition(),
                  first ? Math.max(begin, from.offset()) : begin);
          if (place.offset() < end && (first || place.compareTo(from) > 0)) {
            ranges.put(place, end);
          }
        });
    return ranges;
  }

  private static List<ConsumerRecord<String, byte[]>> read(
      Consumer<String, byte[]> consumer, LetterPlace from, long end, int most) {
    TopicPartition partition = from.topicPartition();
    consumer.assign(List.of(partition));
    consumer.seek(partition, from.offset());
    long deadline = System.nanoTime() + ANSWER_MOST.toNanos();
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    while (consumer.position(partition) < end && found.size() < most) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException("no answer");
      }
      consumer.poll(POLL).forEach(found::add);
    }
    return found.stream().limit(most).toList();
  }

  private <T> Uni<T> asked(Function<Consumer<String, byte[]>, T> question) {
    Supplier<T> blocking =
        () -> {
          try (Consumer<String, byte[]> consumer =
              new KafkaConsumer<>(
                  settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            return question.apply(consumer);
          }
        };
    return Uni.createFrom()
        .item(blocking)
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .onFailure(KafkaException.class)
        .transform(_ -> Errors.unavailable("Kafka does not answer."));
  }

  private Map<String, Object> settings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "none",
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(ANSWER_MOST.toMillis()));
  }
}
