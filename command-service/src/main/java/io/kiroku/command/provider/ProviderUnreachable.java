package io.kiroku.command.provider;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Nobody can reach the provider just now, or its breaker is open. Nothing was said about any one
/// request: whoever asks may wait.
public final class ProviderUnreachable extends IOException {
  private static final long serialVersionUID = 1;

  ProviderUnreachable(String provider, String why, @Nullable Throwable cause) {
    super("The %s cannot be reached: %s".formatted(provider, why), cause);
  }
}
