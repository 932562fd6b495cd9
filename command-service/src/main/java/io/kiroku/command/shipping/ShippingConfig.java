package io.kiroku.command.shipping;

import io.kiroku.command.provider.ProviderChoice;
import io.kiroku.command.provider.ProviderConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Who carries the goods.
@ConfigMapping(prefix = ShippingConfig.PREFIX)
public interface ShippingConfig {
  String PREFIX = "kiroku.shipping";

  @WithDefault("built-in")
  ProviderChoice carrier();

  /// Read only if the carrier is `http`.
  ProviderConfig http();
}
