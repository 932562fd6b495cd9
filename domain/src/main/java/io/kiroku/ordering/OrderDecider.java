package io.kiroku.ordering;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Contents;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;

/// The rules of one order.
public final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {
  @Override
  public Order initial() {
    return new Absent();
  }

  @Override
  public Decision<OrderEvent> decide(OrderCommand command, Order order) {
    return switch (command) {
      case PlaceOrder place -> place(place, order);
      case ConfirmOrder confirm -> confirm(confirm, order);
      case CancelOrder cancel -> cancel(cancel, order);
    };
  }

  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (event) {
      case OrderPlaced e ->
          new Placed(
              new Contents(
                  e.orderId(), e.userId(), e.lines(), e.total(), e.address(), e.paymentToken()));
      case OrderConfirmed _ ->
          order instanceof Placed(var contents) ? new Confirmed(contents) : order;
      case OrderCancelled(_, var reason, _) -> cancelled(order, reason);
      case OrderConfirmationRejected _ -> order;
      case OrderStepRepeated _ -> order;
    };
  }

  private static Decision<OrderEvent> place(PlaceOrder place, Order order) {
    if (!(order instanceof Absent)) {
      return Decision.reject(OrderRejection.ORDER_ALREADY_PLACED);
    }
    return PlacingRules.refusal(place)
        .<Decision<OrderEvent>>map(Decision::reject)
        .orElseGet(() ->
            Decision.accept(
                new OrderPlaced(
                    place.orderId(),
                    place.userId(),
                    place.lines(),
                    PlacingRules.total(place),
                    place.address(),
                    place.paymentToken(),
                    place.now())));
  }

  private static Decision<OrderEvent> confirm(ConfirmOrder confirm, Order order) {
    var id = confirm.orderId();
    var now = confirm.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Placed _ -> Decision.accept(new OrderConfirmed(id, now));
      case Confirmed _ -> Decision.accept(new OrderStepRepeated(id, OrderStep.CONFIRM, now));
      case Cancelled _ ->
          Decision.accept(
              new OrderConfirmationRejected(id, OrderRejection.ORDER_CANCELLED.code(), now));
    };
  }

  private static Decision<OrderEvent> cancel(CancelOrder cancel, Order order) {
    var id = cancel.orderId();
    var now = cancel.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Placed _, Confirmed _ -> Decision.accept(new OrderCancelled(id, cancel.reason(), now));
      case Cancelled _ -> Decision.accept(new OrderStepRepeated(id, OrderStep.CANCEL, now));
    };
  }

  private static Order cancelled(Order order, String reason) {
    return switch (order) {
      case Placed(var contents) -> new Cancelled(contents, reason);
      case Confirmed(var contents) -> new Cancelled(contents, reason);
      case Absent _, Cancelled _ -> order;
    };
  }
}
