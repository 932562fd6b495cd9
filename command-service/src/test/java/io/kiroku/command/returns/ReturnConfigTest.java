package io.kiroku.command.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.returns.ReturnSettings;
import io.kiroku.returns.ReturnSteps;
import io.kiroku.saga.StepPolicy;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnConfigTest {
  @Test
  void what_is_not_set_is_as_the_domain_says() {
    assertThat(settings(Map.of())).isEqualTo(ReturnSettings.DEFAULTS);
  }

  @Test
  void the_wait_for_goods_steps_and_compensation_have_numbers_of_their_own() {
    ReturnSettings settings =
        settings(
            Map.of(
                "kiroku.returns.goods-within",
                "P7D",
                "kiroku.returns.steps.refund-payment.timeout",
                "PT7S",
                "kiroku.returns.steps.refund-payment.attempts",
                "2",
                "kiroku.returns.compensation.attempts",
                "9"));
    assertThat(settings.goodsWithin()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.steps())
        .filteredOn(step -> step.timeout().equals(Duration.ofSeconds(7)) && step.attemptsMax() == 2)
        .extracting(StepPolicy::step)
        .containsExactly(ReturnSteps.REFUND_PAYMENT);
    assertThat(settings.compensation().attemptsMax()).isEqualTo(9);
  }

  private static ReturnSettings settings(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withMapping(ReturnConfig.class)
        .withDefaultValues(properties)
        .build()
        .getConfigMapping(ReturnConfig.class)
        .settings();
  }
}
