package io.kiroku.command.participant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.kiroku.command.provider.ProviderFailures;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// How long a message is tried, and what becomes of it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageHandlingTest {
  private static final String TOPIC = "kiroku.payment.commands";
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final MockProducer<String, byte[]> letters =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

  @Test
  void what_is_down_is_waited_for() {
    handle("a", attempt -> attempt <= 15 ? new IOException("away") : null);
    assertThat(attempts.get("a")).hasValue(16);
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void a_message_that_fails_by_itself_becomes_a_dead_letter() {
    handle("a", _ -> new IllegalStateException("broken"));
    assertThat(attempts.get("a")).hasValue(Numbers.ATTEMPTS);
    assertThat(letters.history()).hasSize(1);
  }

  @Test
  void a_message_that_its_provider_fails_on_has_more_attempts_but_not_for_ever() {
    handle("a", _ -> ProviderFailures.answered503());
    assertThat(attempts.get("a")).hasValue(Numbers.PROVIDER_ATTEMPTS);
    assertThat(
            new String(
                letters.history().getFirst().headers().lastHeader("dlt-reason").value(),
                StandardCharsets.UTF_8))
        .isEqualTo("ProviderFailed");
  }

  /// Else a breaker, opened by the message itself, would let it try for ever, and all behind it
  /// wait.
  @Test
  void waiting_in_between_gives_no_new_attempts() {
    handle(
        "a",
        attempt ->
            attempt % 2 == 0 ? new IOException("breaker open") : ProviderFailures.answered503());
    assertThat(attempts.get("a")).hasValue(2 * Numbers.PROVIDER_ATTEMPTS - 1);
    assertThat(letters.history()).hasSize(1);
  }

  private void handle(String key, IntFunction<@Nullable Throwable> failures) {
    var handling =
        new MessageHandling(
            new SagaMessages(participant(key, failures)), new DeadLetters(letters), new Numbers());
    byte[] value = ConfluentFraming.frame(1, Empty.getDefaultInstance());
    var message = new ConsumerRecord<>(TOPIC, 0, 0L, key, value);
    UUID id = UUID.randomUUID();
    new MessageHeaders(id, "CapturePayment", "fulfillment-1", 1, 1, id, id, "default", null)
        .writeTo(message.headers());
    handling
        .handleAll(
            new ConsumerRecords<>(Map.of(new TopicPartition(TOPIC, 0), List.of(message)), Map.of()))
        .await()
        .atMost(BOUND);
  }

  private Participant participant(String key, IntFunction<@Nullable Throwable> failures) {
    return new Participant() {
      @Override
      public String topic() {
        return TOPIC;
      }

      @Override
      public Uni<Void> handle(CommandMessage message) {
        int attempt = attempts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
        Throwable failure = failures.apply(attempt);
        return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
      }
    };
  }

  private static final class Numbers implements ParticipantConfig {
    static final int ATTEMPTS = 4;
    static final int PROVIDER_ATTEMPTS = 6;

    @Override
    public String group() {
      return "test";
    }

    @Override
    public Duration sessionTimeout() {
      return Duration.ofSeconds(6);
    }

    @Override
    public int attempts() {
      return ATTEMPTS;
    }

    @Override
    public int providerAttempts() {
      return PROVIDER_ATTEMPTS;
    }

    @Override
    public Duration backoffFirst() {
      return Duration.ofMillis(1);
    }

    @Override
    public Duration backoffMost() {
      return Duration.ofMillis(5);
    }

    @Override
    public int concurrency() {
      return 4;
    }
  }
}
