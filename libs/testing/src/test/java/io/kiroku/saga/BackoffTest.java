package io.kiroku.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.saga.Backoff.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackoffTest {
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
    assertThat(backoff(Kind.EXPONENTIAL).delayAfter(Integer.MAX_VALUE))
        .isEqualTo(Duration.ofSeconds(5));
  }

  private static List<Long> seconds(Kind kind) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(failed -> backoff(kind).delayAfter(failed).toSeconds())
        .toList();
  }

  private static Backoff backoff(Kind kind) {
    return new Backoff(kind, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }
}
