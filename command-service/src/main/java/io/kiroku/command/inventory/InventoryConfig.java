package io.kiroku.command.inventory;

import io.kiroku.inventory.StockThresholds;
import io.smallrye.config.ConfigMapping;
import java.util.OptionalLong;

/// The numbers of the inventory; what is not set is as the domain says.
@ConfigMapping(prefix = "kiroku.inventory")
interface InventoryConfig {
  /// Pieces that are left when stock counts as low.
  OptionalLong lowStockAt();

  default StockThresholds thresholds() {
    return new StockThresholds(lowStockAt().orElse(StockThresholds.DEFAULTS.lowAt()));
  }
}
