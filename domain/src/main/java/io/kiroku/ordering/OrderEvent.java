package io.kiroku.ordering;

import io.kiroku.decider.EventType;
import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;
import java.util.List;

/// Facts about one order.
public sealed interface OrderEvent {
  OrderId orderId();

  Instant at();

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

  /// @param reason a code: why the process went back, or why somebody cancelled
  @EventType("order-cancelled.v1")
  record OrderCancelled(OrderId orderId, String reason, Instant at) implements OrderEvent {}

  /// The order was so already; nothing changed.
  @EventType("order-step-repeated.v1")
  record OrderStepRepeated(OrderId orderId, OrderStep step, Instant at) implements OrderEvent {}
}
