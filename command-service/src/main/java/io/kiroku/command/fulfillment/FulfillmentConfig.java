package io.kiroku.command.fulfillment;

import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.saga.StepPolicy;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The numbers of the fulfillment; what is not set is as the domain says.
@ConfigMapping(prefix = "kiroku.fulfillment")
interface FulfillmentConfig {
  /// How long the way forward may take as a whole.
  Optional<Duration> deadline();

  Optional<Duration> reservationExpiry();

  /// By the step's name.
  Map<String, Step> steps();

  interface Step {
    Optional<Duration> timeout();

    Optional<Integer> attempts();
  }

  default FulfillmentSettings settings() {
    FulfillmentSettings domain = FulfillmentSettings.DEFAULTS;
    return new FulfillmentSettings(
        domain.steps().stream().map(this::policy).toList(),
        domain.compensation(),
        deadline().orElse(domain.deadline()),
        reservationExpiry().orElse(domain.reservationExpiry()));
  }

  private StepPolicy policy(StepPolicy domain) {
    Step step = steps().get(domain.step());
    return step == null
        ? domain
        : new StepPolicy(
            domain.step(),
            step.timeout().orElse(domain.timeout()),
            step.attempts().orElse(domain.attemptsMax()),
            domain.backoff(),
            domain.neverRetried(),
            domain.pivot());
  }
}
