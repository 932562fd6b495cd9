package io.kiroku.inventory;

import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Orders to the stock of one product. Those of a process (reserve, release, commit, return) are
/// never rejected: what became of them is recorded, so that the process hears of it.
public sealed interface StockCommand {
  ProductId productId();

  /// @param quantity 1 to 1,000,000
  /// @param productExists what the product's stream said just now
  record ReceiveStock(ProductId productId, long quantity, boolean productExists, Instant now)
      implements StockCommand {}

  /// Corrects what the books say to what is there.
  ///
  /// @param delta 1 to 1,000,000 pieces more, or fewer if negative; never more than are available
  /// @param note for the people who check the books, 1 to 200 characters
  /// @param productExists what the product's stream said just now
  record AdjustStock(
      ProductId productId,
      long delta,
      AdjustmentReason reason,
      String note,
      boolean productExists,
      Instant now)
      implements StockCommand {}

  /// Until `expiresAt` it is kept for the order, and after that until the expiry is recorded.
  record ReserveStock(
      ProductId productId, OrderId orderId, long quantity, Instant expiresAt, Instant now)
      implements StockCommand {}

  record ReleaseStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}

  record CommitStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}

  record ReturnStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}

  /// Frees what is kept back for an order that did not come for it in time. From a clock, not from
  /// the process: harmless where nothing is kept back (any more), refused before its time.
  record ExpireReservation(ProductId productId, OrderId orderId, Instant now)
      implements StockCommand {}
}
