package io.kiroku.command.ordering;

import com.google.rpc.Code;
import io.kiroku.command.backlog.Backlog;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.catalog.ShopConfig;
import io.kiroku.command.ordering.PlaceOrderRequests.Checked;
import io.kiroku.command.ordering.PlaceOrderRequests.Item;
import io.kiroku.command.personalkeys.PersonErased;
import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.Order.DraftItem;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderCommand.Offer;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderLine;
import io.kiroku.service.error.Errors;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Places orders and drafts, with names and prices from the catalog.
@Singleton
class Placing {
  private final OrderCommands orders;
  private final Offers offers;
  private final Backlog backlog;
  private final ShopConfig shop;

  Placing(OrderCommands orders, Offers offers, Backlog backlog, ShopConfig shop) {
    this.orders = orders;
    this.offers = offers;
    this.backlog = backlog;
    this.shop = shop;
  }

  Uni<CommandOutcome<Order, OrderEvent>> place(CommandCall call, OrderId id, Checked checked) {
    backlog.requireRoom();
    String userId = call.caller().userId();
    return offers
        .of(call.caller().tenant(), checked.items().stream().map(Item::productId).toList())
        .flatMap(found ->
            orders.handle(
                call,
                id,
                null,
                (order, now) ->
                    new OrderCommand.PlaceOrder(
                        order,
                        userId,
                        lines(checked.items(), found),
                        Personal.of(userId, checked.address()),
                        checked.paymentToken(),
                        minimum(),
                        now)))
        .plug(Placing::withKeys);
  }

  Uni<CommandOutcome<Order, OrderEvent>> placeDraft(
      CommandCall call, OrderId id, Checked checked, @Nullable Long expectedRevision) {
    backlog.requireRoom();
    return orders
        .load(call.caller(), id)
        .flatMap(seen ->
            offers
                .of(call.caller().tenant(), products(seen))
                .flatMap(found ->
                    orders.handle(
                        call,
                        id,
                        expectedRevision,
                        (order, now) ->
                            new OrderCommand.PlaceDraft(
                                order,
                                found,
                                Personal.of(customer(call, seen), checked.address()),
                                checked.paymentToken(),
                                minimum(),
                                now))))
        .plug(Placing::withKeys);
  }

  /// Whose address it is, also if somebody of the shop's places the draft for him.
  private static String customer(CommandCall call, Order order) {
    return order instanceof Order.Draft draft ? draft.userId() : call.caller().userId();
  }

  /// None of what is no draft: the rules say what is wrong with it.
  private static List<ProductId> products(Order order) {
    return order instanceof Order.Draft draft
        ? draft.items().stream().map(DraftItem::productId).toList()
        : List.of();
  }

  private static List<OrderLine> lines(List<Item> items, List<Offer> offers) {
    List<OrderLine> lines = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Offer offer = offers.get(i);
      lines.add(
          new OrderLine(
              offer.productId(), offer.name(), items.get(i).quantity(), offer.unitPrice()));
    }
    return lines;
  }

  private Money minimum() {
    return new Money(shop.orderMinimumMinorUnits(), shop.currency());
  }

  private static <T> Uni<T> withKeys(Uni<T> work) {
    return work.onFailure(PersonErased.class)
        .transform(
            _ -> Errors.of(Code.FAILED_PRECONDITION, "PERSON_ERASED", "This person was erased."))
        .onFailure(PersonKeysUnavailable.class)
        .transform(_ -> Errors.unavailable("The database does not answer."));
  }
}
