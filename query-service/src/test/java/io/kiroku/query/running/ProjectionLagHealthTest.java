package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.projection.engine.Lag;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectionLagHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final Duration MOST = Duration.ofSeconds(30);

  private static boolean keepsUp(@Nullable Lag lag) {
    return ProjectionLagHealth.keepsUp(lag, NOW, MOST);
  }

  private static Lag behindSince(Instant oldest) {
    return new Lag(3, 9, 6, true, oldest);
  }

  @Test
  void who_was_not_measured_yet_or_has_nothing_to_do_keeps_up() {
    assertThat(keepsUp(null)).isTrue();
    assertThat(keepsUp(new Lag(9, 9, 0, true, null))).isTrue();
  }

  @Test
  void how_long_the_oldest_event_waits_decides_not_how_many_wait() {
    assertThat(keepsUp(behindSince(NOW.minus(MOST)))).isTrue();
    assertThat(keepsUp(behindSince(NOW.minus(MOST).minusMillis(1)))).isFalse();
    assertThat(keepsUp(new Lag(3, 900_003, 900_000, false, NOW.minusSeconds(1)))).isTrue();
  }

  @Test
  void an_event_of_a_clock_that_is_ahead_is_not_late() {
    assertThat(keepsUp(behindSince(NOW.plusSeconds(60)))).isTrue();
  }
}
