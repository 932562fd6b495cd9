package io.kiroku.command.returns;

import io.kiroku.returns.ReturnSettings;
import io.kiroku.saga.CompensationPolicy;
import io.kiroku.saga.StepPolicy;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The numbers of returns; what is not set is as the domain says.
@ConfigMapping(prefix = "kiroku.returns")
interface ReturnConfig {
  /// How long after the request the goods have to be here.
  Optional<Duration> goodsWithin();

  /// Of the way back, whichever step.
  Attempts compensation();

  /// By the step's name, for those after the goods are here.
  Map<String, Attempts> steps();

  interface Attempts {
    Optional<Duration> timeout();

    Optional<Integer> attempts();
  }

  default ReturnSettings settings() {
    ReturnSettings domain = ReturnSettings.DEFAULTS;
    CompensationPolicy back = domain.compensation();
    return new ReturnSettings(
        goodsWithin().orElse(domain.goodsWithin()),
        domain.steps().stream().map(this::policy).toList(),
        new CompensationPolicy(
            compensation().timeout().orElse(back.timeout()),
            compensation().attempts().orElse(back.attemptsMax()),
            back.backoff()));
  }

  private StepPolicy policy(StepPolicy domain) {
    Optional<Attempts> step = Optional.ofNullable(steps().get(domain.step()));
    return new StepPolicy(
        domain.step(),
        step.flatMap(Attempts::timeout).orElse(domain.timeout()),
        step.flatMap(Attempts::attempts).orElse(domain.attemptsMax()),
        domain.backoff(),
        domain.neverRetried(),
        domain.pivot());
  }
}
