package io.kiroku.inventory;

import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Orders to the stock of one product. All but [ReceiveStock] come from a process and are never
/// rejected: what became of them is recorded, so that the process hears of it.
public sealed interface StockCommand {
  ProductId productId();

  /// @param quantity 1 to 1,000,000
  /// @param productExists what the product's stream said just now
  record ReceiveStock(ProductId productId, long quantity, boolean productExists, Instant now)
      implements StockCommand {}

  record ReserveStock(
      ProductId productId, OrderId orderId, long quantity, Instant expiresAt, Instant now)
      implements StockCommand {}

  record ReleaseStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}

  record CommitStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}

  record ReturnStock(ProductId productId, OrderId orderId, Instant now) implements StockCommand {}
}
