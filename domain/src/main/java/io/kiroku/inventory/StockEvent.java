package io.kiroku.inventory;

import io.kiroku.decider.EventType;
import io.kiroku.decider.Formerly;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Facts about the stock of one product.
public sealed interface StockEvent {
  ProductId productId();

  Instant at();

  @EventType("stock-received.v1")
  record StockReceived(ProductId productId, long quantity, Instant at) implements StockEvent {}

  /// @param delta pieces more, or fewer if negative
  @EventType("stock-adjusted.v2")
  @Formerly(value = "stock-adjusted.v1", upcast = StockAdjustedV1.class)
  record StockAdjusted(
      ProductId productId, long delta, AdjustmentReason reason, String note, Instant at)
      implements StockEvent {}

  @EventType("stock-reserved.v1")
  record StockReserved(
      ProductId productId, OrderId orderId, long quantity, Instant expiresAt, Instant at)
      implements StockEvent {}

  @EventType("stock-reservation-rejected.v1")
  record StockReservationRejected(
      ProductId productId, OrderId orderId, long quantity, String code, Instant at)
      implements StockEvent {}

  /// @param quantity what is available again
  @EventType("stock-reservation-expired.v1")
  record StockReservationExpired(ProductId productId, OrderId orderId, long quantity, Instant at)
      implements StockEvent {}

  /// @param quantity 0 if the order had nothing reserved (yet): it will not get it later either
  @EventType("stock-released.v1")
  record StockReleased(ProductId productId, OrderId orderId, long quantity, Instant at)
      implements StockEvent {}

  @EventType("stock-committed.v1")
  record StockCommitted(ProductId productId, OrderId orderId, long quantity, Instant at)
      implements StockEvent {}

  @EventType("stock-commit-rejected.v1")
  record StockCommitRejected(ProductId productId, OrderId orderId, String code, Instant at)
      implements StockEvent {}

  /// @param quantity 0 if the order had nothing committed (yet): nor will it later
  @EventType("stock-returned.v1")
  record StockReturned(ProductId productId, OrderId orderId, long quantity, Instant at)
      implements StockEvent {}

  /// The order had done that already; no quantity changed.
  @EventType("stock-step-repeated.v1")
  record StockStepRepeated(ProductId productId, OrderId orderId, StockStep step, Instant at)
      implements StockEvent {}

  /// Comes with the event that brought the available pieces down to the threshold or below it.
  ///
  /// @param available how many were left
  @EventType("stock-low.v1")
  record StockLow(ProductId productId, long available, long threshold, Instant at)
      implements StockEvent {}

  /// Comes with the event that took the last available piece.
  @EventType("stock-out.v1")
  record StockOut(ProductId productId, Instant at) implements StockEvent {}
}
