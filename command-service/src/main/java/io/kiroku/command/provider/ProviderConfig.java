package io.kiroku.command.provider;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How a provider is reached.
public interface ProviderConfig {
  /// Where the contract's paths begin, for example `https://payments.example.com/kiroku`.
  Optional<String> url();

  /// Sent as bearer token if there is one. A secret: never logged.
  Optional<String> token();

  /// A call that takes longer has failed for us; its effect is unknown.
  @WithDefault("3S")
  Duration timeLimit();

  Breaker breaker();

  /// When the provider is left alone for a while.
  interface Breaker {
    /// The last so many calls are looked at.
    @WithDefault("20")
    int volume();

    /// The breaker opens if this part of them failed, 0 to 1.
    @WithDefault("0.5")
    double failureRatio();

    /// So long nobody calls; then one call tries.
    @WithDefault("5S")
    Duration delay();
  }
}
