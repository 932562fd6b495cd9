package io.kiroku.command.participant;

import io.kiroku.command.request.Requests;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// All who read commands from Kafka in this instance, those of sagas and those of programs, each
/// topic with a thread and a consumer group.
@ApplicationScoped
public class Participants {
  private final Map<String, MessageHandler> handlers = new TreeMap<>();
  private final ParticipantConfig config;
  private final String bootstrap;
  private final List<ParticipantLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Producer<String, byte[]>> producers = new ArrayList<>();

  Participants(
      @All List<Participant> participants,
      Requests requests,
      Clock clock,
      ParticipantConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
    participants.forEach(each -> handlers.put(each.topic(), new SagaMessages(each)));
    requests.topics().forEach(topic -> handlers.put(topic, new RequestMessages(requests, clock)));
    this.config = config;
    this.bootstrap = bootstrap;
  }

  /// The topics that somebody here listens to.
  public List<String> topics() {
    return List.copyOf(handlers.keySet());
  }

  /// To be called once.
  public void start() {
    Producer<String, byte[]> producer = producer();
    producers.add(producer);
    DeadLetters deadLetters = new DeadLetters(producer);
    handlers.forEach((topic, handler) -> {
      MessageHandling handling = new MessageHandling(handler, deadLetters, config);
      ParticipantLoop loop =
          new ParticipantLoop(topic, handling, () -> new KafkaConsumer<>(settings(topic)));
      loops.add(loop);
      threads.add(Thread.ofPlatform().daemon().name(topic).start(loop));
    });
  }

  /// Messages under way are finished or read again later.
  public void stop() throws InterruptedException {
    loops.forEach(ParticipantLoop::stop);
    for (Thread thread : threads) {
      thread.join(5_000);
      thread.interrupt();
    }
    producers.forEach(Producer::close);
  }

  private Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            5_000),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private Map<String, Object> settings(String topic) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ConsumerConfig.GROUP_ID_CONFIG,
        config.group() + "-" + topic,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        StringDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        Math.toIntExact(config.sessionTimeout().toMillis()),
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        Math.toIntExact(config.sessionTimeout().toMillis() / 3));
  }
}
