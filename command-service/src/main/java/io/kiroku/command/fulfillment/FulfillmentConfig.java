package io.kiroku.command.fulfillment;

import io.kiroku.command.saga.AttemptsConfig;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.saga.Backoff;
import io.kiroku.saga.CompensationPolicy;
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

  /// By how much at most the wait before another attempt is shortened, in percent.
  Optional<Integer> backoffJitterPercent();

  AttemptsConfig compensation();

  /// By the step's name.
  Map<String, AttemptsConfig> steps();

  default FulfillmentSettings settings() {
    FulfillmentSettings domain = FulfillmentSettings.DEFAULTS;
    return new FulfillmentSettings(
        domain.steps().stream().map(this::policy).toList(),
        compensation(domain.compensation()),
        deadline().orElse(domain.deadline()),
        reservationExpiry().orElse(domain.reservationExpiry()));
  }

  private StepPolicy policy(StepPolicy domain) {
    return AttemptsConfig.over(domain, steps()).withBackoff(backoff(domain.backoff()));
  }

  private CompensationPolicy compensation(CompensationPolicy domain) {
    return AttemptsConfig.over(domain, compensation()).withBackoff(backoff(domain.backoff()));
  }

  private Backoff backoff(Backoff domain) {
    return backoffJitterPercent().map(domain::withJitterPercent).orElse(domain);
  }
}
