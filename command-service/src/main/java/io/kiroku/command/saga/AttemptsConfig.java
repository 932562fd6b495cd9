package io.kiroku.command.saga;

import io.kiroku.saga.CompensationPolicy;
import io.kiroku.saga.StepPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The numbers of a saga's step, or of its way back; what is not set is as the domain says.
public interface AttemptsConfig {
  Optional<Duration> timeout();

  Optional<Integer> attempts();

  /// @param byStep by the step's name
  static StepPolicy over(StepPolicy domain, Map<String, AttemptsConfig> byStep) {
    AttemptsConfig numbers = byStep.get(domain.step());
    return numbers == null
        ? domain
        : new StepPolicy(
            domain.step(),
            numbers.timeout().orElse(domain.timeout()),
            numbers.attempts().orElse(domain.attemptsMax()),
            domain.backoff(),
            domain.neverRetried(),
            domain.pivot());
  }

  static CompensationPolicy over(CompensationPolicy domain, AttemptsConfig numbers) {
    return new CompensationPolicy(
        numbers.timeout().orElse(domain.timeout()),
        numbers.attempts().orElse(domain.attemptsMax()),
        domain.backoff());
  }
}
