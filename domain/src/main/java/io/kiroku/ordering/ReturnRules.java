package io.kiroku.ordering;

import io.kiroku.decider.Decision;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Delivered;
import io.kiroku.ordering.Order.Discarded;
import io.kiroku.ordering.Order.Draft;
import io.kiroku.ordering.Order.Failed;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.Order.ReturnRefused;
import io.kiroku.ordering.Order.ReturnRequested;
import io.kiroku.ordering.Order.Returned;
import io.kiroku.ordering.Order.Shipped;
import io.kiroku.ordering.OrderCommand.CompleteReturn;
import io.kiroku.ordering.OrderCommand.RefuseReturn;
import io.kiroku.ordering.OrderCommand.RequestReturn;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;

/// The way of a delivered order back to the shop.
final class ReturnRules {
  private ReturnRules() {}

  static Decision<OrderEvent> request(RequestReturn request, Order order) {
    if (!CancellationRules.isCode(request.reason())) {
      return Decision.reject(OrderRejection.RETURN_REASON_INVALID);
    }
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _, Confirmed _, Shipped _ -> Decision.reject(OrderRejection.ORDER_NOT_DELIVERED);
      case Delivered(var contents, _, var deliveredAt) ->
          request.now().isAfter(deliveredAt.plus(request.window()))
              ? Decision.reject(OrderRejection.RETURN_TOO_LATE)
              : Decision.accept(
                  new OrderReturnRequested(
                      request.orderId(), request.reason(), contents.lines(), request.now()));
      case ReturnRequested _, Returned _ -> Decision.accept();
      case ReturnRefused _ -> Decision.reject(OrderRejection.RETURN_REFUSED);
      case Cancelled _ -> Decision.reject(OrderRejection.ORDER_CANCELLED);
      case Failed _ -> Decision.reject(OrderRejection.ORDER_FAILED);
    };
  }

  static Decision<OrderEvent> complete(CompleteReturn complete, Order order) {
    var id = complete.orderId();
    var now = complete.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case ReturnRequested _ -> Decision.accept(new OrderReturned(id, now));
      case Returned _ -> Decision.accept(new OrderStepRepeated(id, OrderStep.COMPLETE_RETURN, now));
      case ReturnRefused _ -> Decision.reject(OrderRejection.RETURN_REFUSED);
      case Draft _, Discarded _, Placed _, Confirmed _, Shipped _, Delivered _ ->
          Decision.reject(OrderRejection.RETURN_NOT_REQUESTED);
      case Cancelled _, Failed _ -> Decision.reject(OrderRejection.RETURN_NOT_REQUESTED);
    };
  }

  static Decision<OrderEvent> refuse(RefuseReturn refuse, Order order) {
    var id = refuse.orderId();
    var now = refuse.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case ReturnRequested _ -> Decision.accept(new OrderReturnRefused(id, refuse.code(), now));
      case ReturnRefused _ ->
          Decision.accept(new OrderStepRepeated(id, OrderStep.REFUSE_RETURN, now));
      case Draft _, Discarded _, Placed _, Confirmed _, Shipped _, Delivered _ ->
          Decision.reject(OrderRejection.RETURN_NOT_REQUESTED);
      case Returned _, Cancelled _, Failed _ ->
          Decision.reject(OrderRejection.RETURN_NOT_REQUESTED);
    };
  }
}
