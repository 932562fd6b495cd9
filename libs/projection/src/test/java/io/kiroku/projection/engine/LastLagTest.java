package io.kiroku.projection.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastLagTest {
  private static final Instant BEGIN = Instant.parse("2026-11-29T10:00:00Z");
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final LastLag lag = new LastLag(BEGIN, FRESH);

  private static Instant second(long number) {
    return BEGIN.plusSeconds(number);
  }

  private Duration ageAt(Instant now) {
    return requireNonNull(lag.at(now)).age(now);
  }

  @Test
  void a_measurement_stands_until_the_next_one_is_overdue() {
    lag.measured(Lag.none(7), second(5));
    assertThat(lag.at(second(15))).isEqualTo(Lag.none(7));
  }

  @Test
  void what_may_have_come_since_an_overdue_measurement_counts_as_not_applied() {
    lag.measured(Lag.none(7), second(5));
    assertThat(ageAt(second(16))).isEqualTo(Duration.ofSeconds(11));
    assertThat(ageAt(second(65))).isEqualTo(Duration.ofSeconds(60));
    assertThat(requireNonNull(lag.at(second(65))).exact()).isFalse();
    lag.measured(Lag.none(9), second(66));
    assertThat(ageAt(second(70))).isZero();
  }

  @Test
  void what_was_known_to_be_left_is_older_than_the_measurement() {
    lag.measured(new Lag(3, 7, 4, true, second(1)), second(5));
    assertThat(ageAt(second(65))).isEqualTo(Duration.ofSeconds(64));
    lag.measured(new Lag(3, 7, 4, true, second(6)), second(5));
    assertThat(ageAt(second(65))).as("the log's clock is ahead").isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void who_could_not_measure_at_all_is_behind_since_he_began() {
    assertThat(lag.at(second(10))).isNull();
    assertThat(ageAt(second(11))).isEqualTo(Duration.ofSeconds(11));
  }
}
