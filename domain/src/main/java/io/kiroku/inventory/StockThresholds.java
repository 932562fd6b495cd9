package io.kiroku.inventory;

import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import java.util.ArrayList;
import java.util.List;

/// From how many available pieces on stock is low. It is out at none, whatever the number.
///
/// @param lowAt 0 or more; 0 leaves only [StockOut] to tell
public record StockThresholds(long lowAt) {
  public static final StockThresholds DEFAULTS = new StockThresholds(10);

  private static final long OUT_AT = 0;

  /// What there is to tell besides the fact that changed the stock: a threshold is told when it is
  /// crossed downwards, so once until the stock has been above it again. A fact that crosses both
  /// tells both: whoever waits for low stock need not wait for its end too.
  List<StockEvent> crossed(StockEvent fact, long before, long after) {
    List<StockEvent> crossed = new ArrayList<>(2);
    if (crosses(lowAt, before, after)) {
      crossed.add(new StockLow(fact.productId(), after, lowAt, fact.at()));
    }
    if (crosses(OUT_AT, before, after)) {
      crossed.add(new StockOut(fact.productId(), fact.at()));
    }
    return crossed;
  }

  private static boolean crosses(long threshold, long before, long after) {
    return before > threshold && after <= threshold;
  }
}
