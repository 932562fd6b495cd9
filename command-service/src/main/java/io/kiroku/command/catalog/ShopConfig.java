package io.kiroku.command.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Currency;

/// What the shop sells in, and from which total on.
@ConfigMapping(prefix = "kiroku.shop")
public interface ShopConfig {
  /// ISO 4217.
  @WithDefault("JPY")
  Currency currency();

  @WithDefault("1000")
  long orderMinimumMinorUnits();
}
