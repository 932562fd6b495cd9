package io.kiroku.ordering;

import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One type per state: what a state does not have, nobody can ask it for.
public sealed interface Order {
  record Absent() implements Order {}

  /// Not ordered yet, so without names, prices or an address.
  ///
  /// @param items in the order in which they were added, each product once
  record Draft(OrderId orderId, String userId, List<DraftItem> items) implements Order {
    public Draft {
      items = List.copyOf(items);
    }

    Optional<DraftItem> find(ProductId product) {
      return items.stream().filter(item -> item.productId().equals(product)).findFirst();
    }

    /// In the place of the item of the same product, if there is one.
    Draft with(DraftItem item) {
      List<DraftItem> next = new ArrayList<>(items);
      next.replaceAll(old -> old.productId().equals(item.productId()) ? item : old);
      if (!next.contains(item)) {
        next.add(item);
      }
      return new Draft(orderId, userId, next);
    }

    Draft without(ProductId product) {
      return new Draft(
          orderId,
          userId,
          items.stream().filter(item -> !item.productId().equals(product)).toList());
    }
  }

  record DraftItem(ProductId productId, int quantity) {}

  /// A draft that its customer gave up.
  record Discarded() implements Order {}

  record Placed(Contents contents) implements Order {}

  record Confirmed(Contents contents, Instant confirmedAt) implements Order {}

  record Shipped(Contents contents, String trackingNumber) implements Order {}

  /// The customer has got it, whatever became of it since.
  sealed interface HandedOver extends Order {
    Contents contents();

    String trackingNumber();
  }

  record Delivered(Contents contents, String trackingNumber, Instant deliveredAt)
      implements HandedOver {}

  /// Its customer wants to give it back.
  record ReturnRequested(Contents contents, String trackingNumber) implements HandedOver {}

  /// The shop has the goods again, the customer his money.
  record Returned(Contents contents, String trackingNumber) implements HandedOver {}

  /// It stays with the customer for good: there is one return of an order.
  record ReturnRefused(Contents contents, String trackingNumber, String code)
      implements HandedOver {}

  record Cancelled(Contents contents, String reason) implements Order {}

  record Failed(Contents contents, String code) implements Order {}

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
