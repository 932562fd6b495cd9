package io.kiroku.command.returns;

import io.kiroku.command.saga.AttemptsConfig;
import io.kiroku.returns.ReturnSettings;
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
  AttemptsConfig compensation();

  /// By the step's name, for those after the goods are here.
  Map<String, AttemptsConfig> steps();

  default ReturnSettings settings() {
    ReturnSettings domain = ReturnSettings.DEFAULTS;
    return new ReturnSettings(
        goodsWithin().orElse(domain.goodsWithin()),
        domain.steps().stream().map(step -> AttemptsConfig.over(step, steps())).toList(),
        AttemptsConfig.over(domain.compensation(), compensation()));
  }
}
