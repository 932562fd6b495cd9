package io.kiroku.ordering;

import io.kiroku.decider.Personal;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Orders to one order.
public sealed interface OrderCommand {
  OrderId orderId();

  /// Begins an order that is put together bit by bit.
  record DraftOrder(OrderId orderId, String userId, Instant now) implements OrderCommand {}

  /// @param quantity 1 to 999 pieces
  record AddItem(OrderId orderId, ProductId productId, int quantity, Instant now)
      implements OrderCommand {}

  /// @param quantity 1 to 999 pieces, instead of what was there
  record ChangeItem(OrderId orderId, ProductId productId, int quantity, Instant now)
      implements OrderCommand {}

  record RemoveItem(OrderId orderId, ProductId productId, Instant now) implements OrderCommand {}

  /// Orders what is in the draft when this is decided.
  ///
  /// @param offers what the products' streams said just now about the draft's items; others than
  ///   those are of no account, one that is missing means that the draft has changed meanwhile
  /// @param paymentToken the payment provider's reference; never card data
  /// @param minimum the smallest order that the shop takes
  record PlaceDraft(
      OrderId orderId,
      List<Offer> offers,
      Personal<ShippingAddress> address,
      String paymentToken,
      Money minimum,
      Instant now)
      implements OrderCommand {
    public PlaceDraft {
      offers = List.copyOf(offers);
    }
  }

  /// A product's name and price.
  record Offer(ProductId productId, String name, Money unitPrice) {}

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

  /// From a process that undoes its work, so no rule about when customers may cancel applies; only
  /// what is on its way cannot be called back. What became of it is recorded as a fact.
  record CancelOrder(OrderId orderId, String reason, Instant now) implements OrderCommand {}

  /// The customer changed his mind. He gives no reason in words: they would carry personal data to
  /// whoever hears of the cancellation.
  ///
  /// @param window how long after its confirmation the shop takes an order back
  record CancelOrderForCustomer(OrderId orderId, Duration window, Instant now)
      implements OrderCommand {}

  /// @param trackingNumber the carrier's, 1 to 100 characters
  record ShipOrder(OrderId orderId, String trackingNumber, Instant now) implements OrderCommand {}

  record DeliverOrder(OrderId orderId, Instant now) implements OrderCommand {}

  /// @param reason a code: words would carry personal data to whoever hears of the return
  /// @param window how long after its delivery the shop takes an order back
  record RequestReturn(OrderId orderId, String reason, Duration window, Instant now)
      implements OrderCommand {}

  /// From a process that has the goods and has given the money back.
  record CompleteReturn(OrderId orderId, Instant now) implements OrderCommand {}

  /// From a process that did not get the goods, or not as they should be.
  record RefuseReturn(OrderId orderId, String code, Instant now) implements OrderCommand {}

  /// The shop cannot carry the order out, though nobody cancelled it.
  ///
  /// @param code upper-case words joined by underscores, at most 64 characters
  record FailOrder(OrderId orderId, String code, Instant now) implements OrderCommand {}
}
