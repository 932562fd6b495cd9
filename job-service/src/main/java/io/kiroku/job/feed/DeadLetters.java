package io.kiroku.job.feed;

import io.kiroku.job.kafka.KafkaClients;
import io.kiroku.service.kafka.MessageHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/// Keeps what cannot be handled in a topic of its own, as it came, with the reason as a header.
@ApplicationScoped
class DeadLetters {
  static final String REASON = "dead-letter-reason";
  static final String ORIGIN = "dead-letter-origin";

  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final KafkaClients kafka;
  private final Producer<String, byte[]> producer;
  private final FeedConfig config;
  private final Counter counter;
  private volatile boolean topicExists;

  DeadLetters(
      KafkaClients kafka,
      Producer<String, byte[]> producer,
      FeedConfig config,
      MeterRegistry metrics) {
    this.kafka = kafka;
    this.producer = producer;
    this.config = config;
    this.counter = metrics.counter("kiroku.job.dead.letters");
  }

  /// Returns once Kafka has it. Fails if Kafka does not take it: then it must not be skipped.
  void bury(ConsumerRecord<String, byte[]> message, Throwable reason) {
    String origin = message.topic() + "/" + message.partition() + "/" + message.offset();
    LOG.errorf(reason, "Message %s goes to %s", origin, config.deadLetterTopic());
    var letter = new ProducerRecord<>(config.deadLetterTopic(), message.key(), message.value());
    message.headers().forEach(letter.headers()::add);
    MessageHeaders.put(letter.headers(), REASON, String.valueOf(reason.getMessage()));
    MessageHeaders.put(letter.headers(), ORIGIN, origin);
    try {
      ensureTopic();
      producer.send(letter).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      counter.increment();
    } catch (ExecutionException | TimeoutException refused) {
      throw new IllegalStateException("no dead letter for " + origin, refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  // Clusters do not create topics by themselves, and a dead-letter path that cannot be reached is
  // worse than none.
  private void ensureTopic() throws InterruptedException, ExecutionException, TimeoutException {
    if (topicExists) {
      return;
    }
    var topic = new NewTopic(config.deadLetterTopic(), Optional.empty(), Optional.<Short>empty());
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(topic)).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
    topicExists = true;
  }
}
