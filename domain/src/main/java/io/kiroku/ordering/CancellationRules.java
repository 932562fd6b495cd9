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
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.CancelOrderForCustomer;
import io.kiroku.ordering.OrderCommand.FailOrder;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import java.time.Instant;
import java.util.regex.Pattern;

/// How an order ends without being delivered.
final class CancellationRules {
  private static final String CUSTOMER_REQUEST = "CUSTOMER_REQUEST";
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private CancellationRules() {}

  static Decision<OrderEvent> cancel(CancelOrder cancel, Order order) {
    var id = cancel.orderId();
    var now = cancel.now();
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _, Confirmed _ -> Decision.accept(new OrderCancelled(id, cancel.reason(), now));
      case Shipped _, HandedOver _ ->
          Decision.accept(
              new OrderCancellationRejected(id, OrderRejection.ORDER_ALREADY_SHIPPED.code(), now));
      case Cancelled _, Failed _ ->
          Decision.accept(new OrderStepRepeated(id, OrderStep.CANCEL, now));
    };
  }

  static Decision<OrderEvent> cancelForCustomer(CancelOrderForCustomer cancel, Order order) {
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _ -> Decision.accept(new OrderDraftDiscarded(cancel.orderId(), cancel.now()));
      case Placed _ -> onRequest(cancel);
      case Confirmed(_, Instant confirmedAt) ->
          cancel.now().isAfter(confirmedAt.plus(cancel.window()))
              ? Decision.reject(OrderRejection.CANCELLATION_TOO_LATE)
              : onRequest(cancel);
      case Shipped _, HandedOver _ -> Decision.reject(OrderRejection.ORDER_ALREADY_SHIPPED);
      case Discarded _, Cancelled _ -> Decision.accept();
      case Failed _ -> Decision.reject(OrderRejection.ORDER_FAILED);
    };
  }

  static Decision<OrderEvent> fail(FailOrder fail, Order order) {
    if (!isCode(fail.code())) {
      return Decision.reject(OrderRejection.FAILURE_CODE_INVALID);
    }
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft _, Discarded _ -> Decision.reject(OrderRejection.ORDER_NOT_PLACED);
      case Placed _, Confirmed _ ->
          Decision.accept(new OrderFailed(fail.orderId(), fail.code(), fail.now()));
      case Shipped _, HandedOver _ -> Decision.reject(OrderRejection.ORDER_ALREADY_SHIPPED);
      case Cancelled _ -> Decision.reject(OrderRejection.ORDER_CANCELLED);
      case Failed _ -> Decision.accept();
    };
  }

  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  private static Decision<OrderEvent> onRequest(CancelOrderForCustomer cancel) {
    return Decision.accept(new OrderCancelled(cancel.orderId(), CUSTOMER_REQUEST, cancel.now()));
  }
}
