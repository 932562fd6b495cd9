package io.kiroku.command.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// By which time a token is judged.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant THEN = Instant.parse("2026-11-27T12:00:00Z");

  @Test
  void the_broker_s_time_counts() {
    assertThat(RequestMessages.at(message(TimestampType.LOG_APPEND_TIME), NOW)).isEqualTo(THEN);
  }

  @Test
  void a_time_that_the_sender_wrote_does_not() {
    assertThat(RequestMessages.at(message(TimestampType.CREATE_TIME), NOW)).isEqualTo(NOW);
    assertThat(RequestMessages.at(message(TimestampType.NO_TIMESTAMP_TYPE), NOW)).isEqualTo(NOW);
  }

  private static ConsumerRecord<String, byte[]> message(TimestampType type) {
    return new ConsumerRecord<>(
        "kiroku.catalog.requests",
        0,
        0,
        THEN.toEpochMilli(),
        type,
        0,
        0,
        "a-key",
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }
}
