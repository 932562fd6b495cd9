package io.kiroku.ordering;

import io.kiroku.decider.Decision;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Discarded;
import io.kiroku.ordering.Order.Draft;
import io.kiroku.ordering.Order.Failed;
import io.kiroku.ordering.Order.HandedOver;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.Order.Shipped;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.DeliverOrder;
import io.kiroku.ordering.OrderCommand.ShipOrder;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;

/// The way of a placed order to the customer.
final class DeliveryRules {
  private static final int TRACKING_NUMBER_CHARS_MAX = 100;

  private DeliveryRules() {}

  static Decision<OrderEvent> confirm(ConfirmOrder confirm, Order order) {
    var id = confirm.orderId();
    var now = confirm.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _ -> Decision.accept(new OrderConfirmed(id, now));
      case Confirmed _, Shipped _, HandedOver _ ->
          Decision.accept(new OrderStepRepeated(id, OrderStep.CONFIRM, now));
      case Cancelled _ -> notConfirmed(confirm, OrderRejection.ORDER_CANCELLED);
      case Failed _ -> notConfirmed(confirm, OrderRejection.ORDER_FAILED);
    };
  }

  static Decision<OrderEvent> ship(ShipOrder ship, Order order) {
    String tracking = ship.trackingNumber().strip();
    if (tracking.isEmpty() || tracking.length() > TRACKING_NUMBER_CHARS_MAX) {
      return Decision.reject(OrderRejection.TRACKING_NUMBER_OUT_OF_RANGE);
    }
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _ -> Decision.reject(OrderRejection.ORDER_NOT_CONFIRMED);
      case Confirmed _ -> Decision.accept(new OrderShipped(ship.orderId(), tracking, ship.now()));
      case Shipped(_, var known) -> again(tracking, known);
      case HandedOver known -> again(tracking, known.trackingNumber());
      case Cancelled _ -> Decision.reject(OrderRejection.ORDER_CANCELLED);
      case Failed _ -> Decision.reject(OrderRejection.ORDER_FAILED);
    };
  }

  static Decision<OrderEvent> deliver(DeliverOrder deliver, Order order) {
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _, Confirmed _ -> Decision.reject(OrderRejection.ORDER_NOT_SHIPPED);
      case Shipped _ -> Decision.accept(new OrderDelivered(deliver.orderId(), deliver.now()));
      case HandedOver _ -> Decision.accept();
      case Cancelled _ -> Decision.reject(OrderRejection.ORDER_CANCELLED);
      case Failed _ -> Decision.reject(OrderRejection.ORDER_FAILED);
    };
  }

  private static Decision<OrderEvent> again(String tracking, String known) {
    return tracking.equals(known)
        ? Decision.accept()
        : Decision.reject(OrderRejection.ORDER_ALREADY_SHIPPED);
  }

  private static Decision<OrderEvent> notConfirmed(ConfirmOrder confirm, OrderRejection reason) {
    return Decision.accept(
        new OrderConfirmationRejected(confirm.orderId(), reason.code(), confirm.now()));
  }
}
