package io.kiroku.command.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;

import io.kiroku.command.outbox.OutboxCondition;
import io.kiroku.command.outbox.OutboxCondition.Slot;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxHealthTest {
  private static final long LAG_MOST_BYTES = 1_000;

  @Test
  void what_was_not_looked_at_yet_is_no_reason_to_worry() {
    assertThat(OutboxHealth.told(Optional.empty(), LAG_MOST_BYTES).getStatus()).isEqualTo(UP);
  }

  @Test
  void a_slot_may_hold_back_as_much_as_is_allowed_and_no_more() {
    assertThat(told(new Slot.Held(1_000, true)).getStatus()).isEqualTo(UP);
    assertThat(told(new Slot.Held(1_001, true)).getStatus()).isEqualTo(DOWN);
    assertThat(told(new Slot.Held(1_001, true)).getData().orElseThrow())
        .containsEntry("lag-bytes", 1_001L)
        .containsEntry("rows", 7L)
        .containsEntry("oldest-row-ms", 60_000L);
  }

  @Test
  void a_connector_that_is_away_shows_and_its_lag_decides() {
    HealthCheckResponse away = told(new Slot.Held(0, false));
    assertThat(away.getStatus()).isEqualTo(UP);
    assertThat(away.getData().orElseThrow()).containsEntry("slot", "not in use");
  }

  @Test
  void a_lost_slot_is_down() {
    assertThat(told(new Slot.Lost("missing")).getStatus()).isEqualTo(DOWN);
  }

  private static HealthCheckResponse told(Slot slot) {
    return OutboxHealth.told(
        Optional.of(new OutboxCondition(slot, 7, Duration.ofMinutes(1))), LAG_MOST_BYTES);
  }
}
