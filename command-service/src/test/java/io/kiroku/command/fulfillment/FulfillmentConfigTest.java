package io.kiroku.command.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.Steps;
import io.kiroku.saga.Backoff;
import io.kiroku.saga.StepPolicy;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FulfillmentConfigTest {
  @Test
  void what_is_not_set_is_as_the_domain_says() {
    assertThat(settings(Map.of())).isEqualTo(FulfillmentSettings.DEFAULTS);
  }

  @Test
  void the_jitter_is_one_share_for_every_wait() {
    FulfillmentSettings settings =
        settings(Map.of("kiroku.fulfillment.backoff-jitter-percent", "35"));
    assertThat(settings.steps())
        .extracting(StepPolicy::backoff)
        .extracting(Backoff::jitterPercent)
        .containsOnly(35);
    assertThat(settings.compensation().backoff().jitterPercent()).isEqualTo(35);
  }

  @Test
  void steps_and_compensation_have_numbers_of_their_own() {
    FulfillmentSettings settings =
        settings(
            Map.of(
                "kiroku.fulfillment.steps.process-payment.timeout",
                "PT7S",
                "kiroku.fulfillment.compensation.timeout",
                "PT8S",
                "kiroku.fulfillment.compensation.attempts",
                "9"));
    assertThat(settings.steps())
        .filteredOn(step -> step.timeout().equals(Duration.ofSeconds(7)))
        .extracting(StepPolicy::step)
        .containsExactly(Steps.PROCESS_PAYMENT);
    assertThat(settings.compensation().timeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.compensation().attemptsMax()).isEqualTo(9);
  }

  private static FulfillmentSettings settings(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withMapping(FulfillmentConfig.class)
        .withDefaultValues(properties)
        .build()
        .getConfigMapping(FulfillmentConfig.class)
        .settings();
  }
}
