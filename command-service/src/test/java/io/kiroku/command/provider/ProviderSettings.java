package io.kiroku.command.provider;

import java.time.Duration;
import java.util.Optional;

/// A provider as tests configure it: all is shorter and smaller than by default.
public record ProviderSettings(
    Optional<String> url, Optional<String> token, Duration timeLimit, Breaker breaker)
    implements ProviderConfig {
  /// Calls that the breaker looks at.
  public static final int VOLUME = 4;

  public static ProviderSettings at(int port, Duration timeLimit) {
    return new ProviderSettings(
        Optional.of("http://127.0.0.1:" + port + "/"),
        Optional.empty(),
        timeLimit,
        new Numbers(VOLUME, 0.75, Duration.ofMillis(300)));
  }

  public ProviderSettings withToken(String secret) {
    return new ProviderSettings(url, Optional.of(secret), timeLimit, breaker);
  }

  record Numbers(int volume, double failureRatio, Duration delay) implements Breaker {}
}
