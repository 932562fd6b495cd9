package io.kiroku.eventstore.node.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When what failed is tried again.
class AttemptsTest {
  private long nanos;
  private final Attempts attempts = new Attempts("Work", () -> nanos);

  private static boolean fails() {
    throw new IllegalStateException("no");
  }

  @Test
  void waits_double_from_a_second_to_a_minute() {
    List<Long> seconds = new ArrayList<>();
    for (int second = 0; second < 300; second++) {
      int now = second;
      attempts.attempt(() -> seconds.add((long) now) && fails());
      nanos += Duration.ofSeconds(1).toNanos();
    }
    assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
  }

  @Test
  void only_getting_on_ends_the_failure() {
    attempts.attempt(AttemptsTest::fails);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(attempts.attempt(() -> false)).isFalse();
    assertThat(attempts.failing()).isTrue();
    assertThat(attempts.attempt(() -> true)).isTrue();
    assertThat(attempts.failing()).isFalse();
    attempts.attempt(AttemptsTest::fails);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(attempts.attempt(() -> true)).isTrue(); // waits begin anew
  }

  @Test
  void storage_that_is_away_is_tried_at_once() {
    attempts.attempt(() -> {
      throw new StorageUnavailable("away", new IllegalStateException());
    });
    assertThat(attempts.failing()).isFalse();
    assertThat(attempts.attempt(() -> true)).isTrue();
  }
}
