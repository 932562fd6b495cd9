package io.kiroku.ordering;

import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;
import java.util.List;

/// Orders to one order.
public sealed interface OrderCommand {
  OrderId orderId();

  /// @param lines with names and prices from the products' streams
  /// @param paymentToken the payment provider's reference; never card data
  /// @param minimum the smallest order that the shop takes
  record PlaceOrder(
      OrderId orderId,
      String userId,
      List<OrderLine> lines,
      Personal<ShippingAddress> address,
      String paymentToken,
      Money minimum,
      Instant now)
      implements OrderCommand {
    public PlaceOrder {
      lines = List.copyOf(lines);
    }
  }

  /// From a process: what became of it is recorded as a fact.
  record ConfirmOrder(OrderId orderId, Instant now) implements OrderCommand {}

  /// From a process that undoes its work, so no rule about when customers may cancel applies.
  record CancelOrder(OrderId orderId, String reason, Instant now) implements OrderCommand {}
}
