package io.kiroku.command.logconsumer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How consumers of the log keep their leases.
@ConfigMapping(prefix = "kiroku.log-consumer")
public interface LogConsumerConfig {
  /// A leader that has not been heard of for so long is replaced.
  @WithDefault("3S")
  Duration lease();

  /// How often a leader without work renews its lease, and how often others try to get it.
  @WithDefault("1S")
  Duration renewal();

  /// The longest pause between two looks at the clock.
  @WithDefault("100MS")
  Duration tick();

  /// Most events taken at once.
  @WithDefault("500")
  int batchMost();

  /// First and longest wait after a failure.
  @WithDefault("200MS")
  Duration backoffFirst();

  @WithDefault("3S")
  Duration backoffMost();
}
