package io.kiroku.inventory;

import io.kiroku.inventory.StockCommand.AdjustStock;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import java.util.Optional;

/// What people may do with the stock: take in, and correct what was miscounted, broken or lost.
final class AdjustmentRules {
  private static final long AT_ONCE_MAX = 1_000_000;
  private static final int NOTE_CHARS_MAX = 200;

  private AdjustmentRules() {}

  static Optional<StockRejection> refusal(ReceiveStock receive) {
    if (receive.quantity() < 1 || receive.quantity() > AT_ONCE_MAX) {
      return Optional.of(StockRejection.QUANTITY_OUT_OF_RANGE);
    }
    return productRefusal(receive.productExists());
  }

  static Optional<StockRejection> refusal(AdjustStock adjust, Stock stock) {
    long delta = adjust.delta();
    if (delta == 0 || delta < -AT_ONCE_MAX || delta > AT_ONCE_MAX) {
      return Optional.of(StockRejection.ADJUSTMENT_OUT_OF_RANGE);
    }
    if (adjust.note().isBlank()) {
      return Optional.of(StockRejection.REASON_BLANK);
    }
    if (adjust.note().strip().length() > NOTE_CHARS_MAX) {
      return Optional.of(StockRejection.REASON_TOO_LONG);
    }
    return productRefusal(adjust.productExists())
        .or(() ->
            stock.available() + delta < 0
                ? Optional.of(StockRejection.INSUFFICIENT_STOCK)
                : Optional.empty());
  }

  private static Optional<StockRejection> productRefusal(boolean exists) {
    return exists ? Optional.empty() : Optional.of(StockRejection.PRODUCT_NOT_FOUND);
  }
}
