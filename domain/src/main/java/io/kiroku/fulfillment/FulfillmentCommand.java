package io.kiroku.fulfillment;

import io.kiroku.decider.EventType;
import io.kiroku.saga.StepCommand;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// What the fulfillment of an order asks of the contexts. It is stored in the saga's plan, hence
/// the stored names.
public sealed interface FulfillmentCommand extends StepCommand {
  OrderId orderId();

  /// A command about one line of the order; its part is the product.
  sealed interface LineCommand extends FulfillmentCommand {
    ProductId productId();

    @Override
    default String part() {
      return productId().toString();
    }
  }

  @EventType("reserve-stock")
  record ReserveStock(OrderId orderId, ProductId productId, long quantity, Instant expiresAt)
      implements LineCommand {}

  @EventType("release-stock")
  record ReleaseStock(OrderId orderId, ProductId productId) implements LineCommand {}

  @EventType("commit-stock")
  record CommitStock(OrderId orderId, ProductId productId) implements LineCommand {}

  @EventType("return-stock")
  record ReturnStock(OrderId orderId, ProductId productId) implements LineCommand {}

  @EventType("capture-payment")
  record CapturePayment(OrderId orderId) implements WholeCommand {}

  @EventType("refund-payment")
  record RefundPayment(OrderId orderId) implements WholeCommand {}

  @EventType("arrange-shipment")
  record ArrangeShipment(OrderId orderId) implements WholeCommand {}

  @EventType("cancel-shipment")
  record CancelShipment(OrderId orderId) implements WholeCommand {}

  @EventType("confirm-order")
  record ConfirmOrder(OrderId orderId) implements WholeCommand {}

  @EventType("cancel-order")
  record CancelOrder(OrderId orderId) implements WholeCommand {}

  /// A command about the order as a whole; it is its step's only part.
  sealed interface WholeCommand extends FulfillmentCommand {
    String PART = "order";

    @Override
    default String part() {
      return PART;
    }
  }
}
