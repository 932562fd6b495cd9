package io.kiroku.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kiroku.saga.Backoff.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackoffTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void exponential_doubles_up_to_the_most() {
    assertThat(seconds(Kind.EXPONENTIAL)).containsExactly(1L, 2L, 4L, 5L, 5L);
  }

  @Test
  void linear_adds_the_first_each_time() {
    assertThat(seconds(Kind.LINEAR)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void constant_stays() {
    assertThat(seconds(Kind.CONSTANT)).containsExactly(1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void many_failures_do_not_overflow() {
    assertThat(exact(Kind.EXPONENTIAL).delayAfter("saga", "step", Integer.MAX_VALUE))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void jitter_shortens_a_wait_by_a_fifth_at_most_unless_told_otherwise() {
    assertThat(waits(new Backoff(Kind.CONSTANT, TEN_SECONDS, TEN_SECONDS)))
        .allMatch(wait -> wait.toMillis() >= 8_000 && wait.toMillis() <= 10_000);
    assertThat(waits(tenSeconds(50)))
        .allMatch(wait -> wait.toMillis() >= 5_000 && wait.toMillis() <= 10_000)
        .anyMatch(wait -> wait.toMillis() < 8_000);
  }

  @Test
  void jitter_spreads_sagas_evenly_over_its_share() {
    List<Duration> waits = waits(tenSeconds(20));
    for (int bucket = 0; bucket < 4; bucket++) {
      int from = 8_000 + 500 * bucket;
      assertThat(waits.stream().filter(w -> w.toMillis() / 500 == from / 500).count())
          .as("%d ms", from)
          .isBetween(200L, 300L);
    }
  }

  @Test
  void jitter_is_the_same_for_the_same_attempt_and_another_for_another() {
    Backoff backoff = tenSeconds(20);
    assertThat(backoff.delayAfter("saga", "step", 1))
        .isEqualTo(tenSeconds(20).delayAfter("saga", "step", 1))
        .isNotEqualTo(backoff.delayAfter("saga", "step", 2))
        .isNotEqualTo(backoff.delayAfter("saga", "other", 1))
        .isNotEqualTo(backoff.delayAfter("other", "step", 1));
  }

  @Test
  void jitter_is_a_share() {
    assertThatIllegalArgumentException().isThrownBy(() -> tenSeconds(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> tenSeconds(101));
  }

  private static List<Duration> waits(Backoff backoff) {
    return IntStream.range(0, 1_000)
        .mapToObj(saga -> backoff.delayAfter("saga-" + saga, "step", 1))
        .toList();
  }

  private static Backoff tenSeconds(int jitterPercent) {
    return new Backoff(Kind.CONSTANT, TEN_SECONDS, TEN_SECONDS).withJitterPercent(jitterPercent);
  }

  private static List<Long> seconds(Kind kind) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(failed -> exact(kind).delayAfter("saga", "step", failed).toSeconds())
        .toList();
  }

  private static Backoff exact(Kind kind) {
    return new Backoff(kind, Duration.ofSeconds(1), Duration.ofSeconds(5), 0);
  }
}
