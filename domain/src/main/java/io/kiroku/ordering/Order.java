package io.kiroku.ordering;

import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.util.List;

/// One type per state: what a state does not have, nobody can ask it for.
public sealed interface Order {
  record Absent() implements Order {}

  record Placed(Contents contents) implements Order {}

  record Confirmed(Contents contents) implements Order {}

  record Cancelled(Contents contents, String reason) implements Order {}

  /// What was ordered; it never changes after placing.
  record Contents(
      OrderId orderId,
      String userId,
      List<OrderLine> lines,
      Money total,
      Personal<ShippingAddress> address,
      String paymentToken) {
    public Contents {
      lines = List.copyOf(lines);
    }
  }
}
