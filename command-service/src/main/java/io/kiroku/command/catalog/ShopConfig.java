package io.kiroku.command.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Currency;

/// What the shop sells in, from which total on, and how long it takes orders back.
@ConfigMapping(prefix = "kiroku.shop")
public interface ShopConfig {
  /// ISO 4217.
  @WithDefault("JPY")
  Currency currency();

  @WithDefault("1000")
  long orderMinimumMinorUnits();

  /// How long after its confirmation a customer may cancel an order.
  @WithDefault("24h")
  Duration cancellationWindow();

  /// How long after its delivery a customer may give an order back.
  @WithDefault("30D")
  Duration returnWindow();
}
