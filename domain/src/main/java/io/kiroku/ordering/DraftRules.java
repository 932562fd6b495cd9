package io.kiroku.ordering;

import io.kiroku.decider.Decision;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Discarded;
import io.kiroku.ordering.Order.Draft;
import io.kiroku.ordering.Order.DraftItem;
import io.kiroku.ordering.Order.Failed;
import io.kiroku.ordering.Order.HandedOver;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.Order.Shipped;
import io.kiroku.ordering.OrderCommand.AddItem;
import io.kiroku.ordering.OrderCommand.ChangeItem;
import io.kiroku.ordering.OrderCommand.DraftOrder;
import io.kiroku.ordering.OrderCommand.Offer;
import io.kiroku.ordering.OrderCommand.PlaceDraft;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderCommand.RemoveItem;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.shared.ProductId;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Putting an order together, until it is placed.
final class DraftRules {
  private DraftRules() {}

  static Decision<OrderEvent> begin(DraftOrder begin, Order order) {
    return order instanceof Absent
        ? Decision.accept(new OrderDrafted(begin.orderId(), begin.userId(), begin.now()))
        : Decision.reject(OrderRejection.ORDER_ALREADY_PLACED);
  }

  static Decision<OrderEvent> add(AddItem add, Order order) {
    return ifDraft(
        order,
        draft -> {
          if (!PlacingRules.isQuantity(add.quantity())) {
            return Decision.reject(OrderRejection.QUANTITY_OUT_OF_RANGE);
          }
          if (draft.find(add.productId()).isPresent()) {
            return Decision.reject(OrderRejection.ITEM_ALREADY_IN_ORDER);
          }
          return draft.items().size() >= PlacingRules.LINES_MAX
              ? Decision.reject(OrderRejection.TOO_MANY_LINES)
              : Decision.accept(
                  new OrderItemAdded(add.orderId(), add.productId(), add.quantity(), add.now()));
        });
  }

  static Decision<OrderEvent> change(ChangeItem change, Order order) {
    return ifDraft(
        order,
        draft -> {
          if (!PlacingRules.isQuantity(change.quantity())) {
            return Decision.reject(OrderRejection.QUANTITY_OUT_OF_RANGE);
          }
          var item = draft.find(change.productId());
          if (item.isEmpty()) {
            return Decision.reject(OrderRejection.ITEM_NOT_IN_ORDER);
          }
          return item.get().quantity() == change.quantity()
              ? Decision.accept()
              : Decision.accept(
                  new OrderItemChanged(
                      change.orderId(), change.productId(), change.quantity(), change.now()));
        });
  }

  static Decision<OrderEvent> remove(RemoveItem remove, Order order) {
    return ifDraft(
        order,
        draft ->
            draft.find(remove.productId()).isEmpty()
                ? Decision.accept()
                : Decision.accept(
                    new OrderItemRemoved(remove.orderId(), remove.productId(), remove.now())));
  }

  static Decision<OrderEvent> place(PlaceDraft place, Order order) {
    return ifDraft(
        order,
        draft -> {
          Map<ProductId, Offer> offers =
              place.offers().stream()
                  .collect(Collectors.toMap(Offer::productId, Function.identity(), (a, _) -> a));
          if (!draft.items().stream().map(DraftItem::productId).allMatch(offers::containsKey)) {
            return Decision.reject(OrderRejection.DRAFT_CHANGED);
          }
          return PlacingRules.place(
              new PlaceOrder(
                  place.orderId(),
                  draft.userId(),
                  draft.items().stream().map(item -> line(item, offers)).toList(),
                  place.address(),
                  place.paymentToken(),
                  place.minimum(),
                  place.now()));
        });
  }

  private static OrderLine line(DraftItem item, Map<ProductId, Offer> offers) {
    Offer offer = Objects.requireNonNull(offers.get(item.productId()));
    return new OrderLine(item.productId(), offer.name(), item.quantity(), offer.unitPrice());
  }

  private static Decision<OrderEvent> ifDraft(
      Order order, Function<Draft, Decision<OrderEvent>> rule) {
    return switch (order) {
      case Absent _ -> Decision.reject(OrderRejection.ORDER_NOT_FOUND);
      case Draft draft -> rule.apply(draft);
      case Discarded _, Placed _, Confirmed _, Shipped _, HandedOver _, Cancelled _, Failed _ ->
          Decision.reject(OrderRejection.ORDER_NOT_A_DRAFT);
    };
  }
}
