package io.kiroku.command.provider;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The provider was reached and gave no answer to this request, or one that it may give otherwise
/// later. The effect is unknown: it must be asked again under the same key.
public final class ProviderFailed extends IOException {
  private static final long serialVersionUID = 1;

  ProviderFailed(String provider, String how, @Nullable Throwable cause) {
    super("The %s %s".formatted(provider, how), cause);
  }
}
