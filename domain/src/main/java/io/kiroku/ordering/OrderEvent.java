package io.kiroku.ordering;

import io.kiroku.decider.EventType;
import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.List;

/// Facts about one order.
public sealed interface OrderEvent {
  OrderId orderId();

  Instant at();

  @EventType("order-drafted.v1")
  record OrderDrafted(OrderId orderId, String userId, Instant at) implements OrderEvent {}

  @EventType("order-item-added.v1")
  record OrderItemAdded(OrderId orderId, ProductId productId, int quantity, Instant at)
      implements OrderEvent {}

  /// @param quantity instead of what was there
  @EventType("order-item-changed.v1")
  record OrderItemChanged(OrderId orderId, ProductId productId, int quantity, Instant at)
      implements OrderEvent {}

  @EventType("order-item-removed.v1")
  record OrderItemRemoved(OrderId orderId, ProductId productId, Instant at) implements OrderEvent {}

  /// A draft was given up; nothing had been ordered.
  @EventType("order-draft-discarded.v1")
  record OrderDraftDiscarded(OrderId orderId, Instant at) implements OrderEvent {}

  @EventType("order-placed.v1")
  record OrderPlaced(
      OrderId orderId,
      String userId,
      List<OrderLine> lines,
      Money total,
      Personal<ShippingAddress> address,
      String paymentToken,
      Instant at)
      implements OrderEvent {
    public OrderPlaced {
      lines = List.copyOf(lines);
    }
  }

  @EventType("order-confirmed.v1")
  record OrderConfirmed(OrderId orderId, Instant at) implements OrderEvent {}

  @EventType("order-confirmation-rejected.v1")
  record OrderConfirmationRejected(OrderId orderId, String code, Instant at)
      implements OrderEvent {}

  @EventType("order-shipped.v1")
  record OrderShipped(OrderId orderId, String trackingNumber, Instant at) implements OrderEvent {}

  @EventType("order-delivered.v1")
  record OrderDelivered(OrderId orderId, Instant at) implements OrderEvent {}

  /// @param reason a code: why the process went back, or why somebody cancelled
  @EventType("order-cancelled.v1")
  record OrderCancelled(OrderId orderId, String reason, Instant at) implements OrderEvent {}

  /// A process wanted to undo what cannot be undone any more.
  @EventType("order-cancellation-rejected.v1")
  record OrderCancellationRejected(OrderId orderId, String code, Instant at)
      implements OrderEvent {}

  /// @param code why the shop cannot carry it out
  @EventType("order-failed.v1")
  record OrderFailed(OrderId orderId, String code, Instant at) implements OrderEvent {}

  /// @param reason a code: why the customer gives it back
  /// @param lines what is to come back: all that was ordered
  @EventType("order-return-requested.v1")
  record OrderReturnRequested(OrderId orderId, String reason, List<OrderLine> lines, Instant at)
      implements OrderEvent {
    public OrderReturnRequested {
      lines = List.copyOf(lines);
    }
  }

  /// The goods are back, and so is the money.
  @EventType("order-returned.v1")
  record OrderReturned(OrderId orderId, Instant at) implements OrderEvent {}

  /// @param code what was wrong with the goods, or that they did not come in time
  @EventType("order-return-refused.v1")
  record OrderReturnRefused(OrderId orderId, String code, Instant at) implements OrderEvent {}

  /// The order was so already; nothing changed.
  @EventType("order-step-repeated.v1")
  record OrderStepRepeated(OrderId orderId, OrderStep step, Instant at) implements OrderEvent {}
}
