package io.kiroku.command.payment;

import io.kiroku.command.provider.ProviderChoice;
import io.kiroku.command.provider.ProviderConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Who moves the money.
@ConfigMapping(prefix = PaymentConfig.PREFIX)
public interface PaymentConfig {
  String PREFIX = "kiroku.payment";

  @WithDefault("built-in")
  ProviderChoice provider();

  /// Read only if the provider is `http`.
  ProviderConfig http();
}
