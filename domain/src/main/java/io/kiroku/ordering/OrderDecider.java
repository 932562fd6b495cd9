package io.kiroku.ordering;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Contents;
import io.kiroku.ordering.Order.Delivered;
import io.kiroku.ordering.Order.Discarded;
import io.kiroku.ordering.Order.Draft;
import io.kiroku.ordering.Order.DraftItem;
import io.kiroku.ordering.Order.Failed;
import io.kiroku.ordering.Order.HandedOver;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.Order.ReturnRefused;
import io.kiroku.ordering.Order.ReturnRequested;
import io.kiroku.ordering.Order.Returned;
import io.kiroku.ordering.Order.Shipped;
import io.kiroku.ordering.OrderCommand.AddItem;
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.CancelOrderForCustomer;
import io.kiroku.ordering.OrderCommand.ChangeItem;
import io.kiroku.ordering.OrderCommand.CompleteReturn;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.DeliverOrder;
import io.kiroku.ordering.OrderCommand.DraftOrder;
import io.kiroku.ordering.OrderCommand.FailOrder;
import io.kiroku.ordering.OrderCommand.PlaceDraft;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderCommand.RefuseReturn;
import io.kiroku.ordering.OrderCommand.RemoveItem;
import io.kiroku.ordering.OrderCommand.RequestReturn;
import io.kiroku.ordering.OrderCommand.ShipOrder;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The rules of one order.
public final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {
  @Override
  public Order initial() {
    return new Absent();
  }

  @Override
  public Decision<OrderEvent> decide(OrderCommand command, Order order) {
    return switch (command) {
      case DraftOrder draft -> DraftRules.begin(draft, order);
      case AddItem add -> DraftRules.add(add, order);
      case ChangeItem change -> DraftRules.change(change, order);
      case RemoveItem remove -> DraftRules.remove(remove, order);
      case PlaceDraft place -> DraftRules.place(place, order);
      case PlaceOrder place ->
          order instanceof Absent
              ? PlacingRules.place(place)
              : Decision.reject(OrderRejection.ORDER_ALREADY_PLACED);
      case ConfirmOrder confirm -> DeliveryRules.confirm(confirm, order);
      case ShipOrder ship -> DeliveryRules.ship(ship, order);
      case DeliverOrder deliver -> DeliveryRules.deliver(deliver, order);
      case CancelOrder cancel -> CancellationRules.cancel(cancel, order);
      case CancelOrderForCustomer cancel -> CancellationRules.cancelForCustomer(cancel, order);
      case FailOrder fail -> CancellationRules.fail(fail, order);
      case RequestReturn request -> ReturnRules.request(request, order);
      case CompleteReturn complete -> ReturnRules.complete(complete, order);
      case RefuseReturn refuse -> ReturnRules.refuse(refuse, order);
    };
  }

  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (event) {
      case OrderDrafted(var id, var user, _) -> new Draft(id, user, List.of());
      case OrderItemAdded(_, var product, var quantity, _) ->
          draft(order, draft -> draft.with(new DraftItem(product, quantity)));
      case OrderItemChanged(_, var product, var quantity, _) ->
          draft(order, draft -> draft.with(new DraftItem(product, quantity)));
      case OrderItemRemoved(_, var product, _) -> draft(order, draft -> draft.without(product));
      case OrderDraftDiscarded _ -> order instanceof Draft ? new Discarded() : order;
      case OrderPlaced e ->
          new Placed(
              new Contents(
                  e.orderId(), e.userId(), e.lines(), e.total(), e.address(), e.paymentToken()));
      case OrderConfirmed(_, var at) ->
          order instanceof Placed(var contents) ? new Confirmed(contents, at) : order;
      case OrderShipped(_, var tracking, _) ->
          order instanceof Confirmed(var contents, _) ? new Shipped(contents, tracking) : order;
      case OrderDelivered(_, var at) ->
          order instanceof Shipped(var contents, var tracking)
              ? new Delivered(contents, tracking, at)
              : order;
      case OrderCancelled(_, var reason, _) ->
          undone(order, contents -> new Cancelled(contents, reason));
      case OrderFailed(_, var code, _) -> undone(order, contents -> new Failed(contents, code));
      case OrderReturnRequested _ ->
          order instanceof Delivered(var contents, var tracking, _)
              ? new ReturnRequested(contents, tracking)
              : order;
      case OrderReturned _ ->
          order instanceof ReturnRequested(var contents, var tracking)
              ? new Returned(contents, tracking)
              : order;
      case OrderReturnRefused(_, var code, _) ->
          order instanceof ReturnRequested(var contents, var tracking)
              ? new ReturnRefused(contents, tracking, code)
              : order;
      case OrderConfirmationRejected _, OrderCancellationRejected _ -> order;
      case OrderStepRepeated _ -> order;
    };
  }

  private static Order draft(Order order, UnaryOperator<Draft> change) {
    return order instanceof Draft draft ? change.apply(draft) : order;
  }

  /// Only what is not on its way can be undone.
  private static Order undone(Order order, Function<Contents, Order> end) {
    return switch (order) {
      case Placed(var contents) -> end.apply(contents);
      case Confirmed(var contents, _) -> end.apply(contents);
      case Absent _, Draft _, Discarded _, Shipped _, HandedOver _, Cancelled _, Failed _ -> order;
    };
  }
}
