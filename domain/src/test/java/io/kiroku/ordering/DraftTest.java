package io.kiroku.ordering;

import static io.kiroku.ordering.OrderRejection.DRAFT_CHANGED;
import static io.kiroku.ordering.OrderRejection.ITEM_ALREADY_IN_ORDER;
import static io.kiroku.ordering.OrderRejection.ITEM_NOT_IN_ORDER;
import static io.kiroku.ordering.OrderRejection.ORDER_ALREADY_PLACED;
import static io.kiroku.ordering.OrderRejection.ORDER_BELOW_MINIMUM;
import static io.kiroku.ordering.OrderRejection.ORDER_EMPTY;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_A_DRAFT;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_FOUND;
import static io.kiroku.ordering.OrderRejection.QUANTITY_OUT_OF_RANGE;
import static io.kiroku.ordering.OrderRejection.TOO_MANY_LINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.Order.Absent;
import io.kiroku.ordering.Order.Draft;
import io.kiroku.ordering.Order.DraftItem;
import io.kiroku.ordering.OrderCommand.AddItem;
import io.kiroku.ordering.OrderCommand.ChangeItem;
import io.kiroku.ordering.OrderCommand.DraftOrder;
import io.kiroku.ordering.OrderCommand.Offer;
import io.kiroku.ordering.OrderCommand.PlaceDraft;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderCommand.RemoveItem;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Orders that are put together bit by bit.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DraftTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrderId ID = new OrderId(new UUID(0, 1));
  private static final ProductId BOWL = new ProductId(new UUID(1, 1));
  private static final ProductId WHISK = new ProductId(new UUID(1, 2));
  private static final Personal<ShippingAddress> ADDRESS =
      Personal.of("user-1", new ShippingAddress("H", "1", "", "Tokyo", "", "100-0001", "JP"));
  private static final Offer BOWL_OFFER = new Offer(BOWL, "Bowl", Money.yen(600));
  private static final Offer WHISK_OFFER = new Offer(WHISK, "Whisk", Money.yen(900));

  private static final OrderDrafted DRAFTED = new OrderDrafted(ID, "user-1", NOW);
  private static final OrderItemAdded TWO_BOWLS = new OrderItemAdded(ID, BOWL, 2, NOW);
  private static final OrderItemAdded ONE_WHISK = new OrderItemAdded(ID, WHISK, 1, NOW);
  private static final OrderItemRemoved NO_BOWLS = new OrderItemRemoved(ID, BOWL, NOW);
  private static final OrderPlaced PLACED =
      new OrderPlaced(
          ID,
          "user-1",
          List.of(new OrderLine(BOWL, "Bowl", 2, Money.yen(600))),
          Money.yen(1_200),
          ADDRESS,
          "tok_ok",
          NOW);

  private final DeciderSpec<OrderCommand, Order, OrderEvent> order =
      DeciderSpec.of(new OrderDecider());

  @Test
  void a_draft_begins_empty_and_once() {
    var draft = new DraftOrder(ID, "user-1", NOW);
    order.given().when(draft).then(DRAFTED).thenState(new Draft(ID, "user-1", List.of()));
    order.given(DRAFTED).when(draft).thenRejected(ORDER_ALREADY_PLACED);
    order.given(PLACED).when(draft).thenRejected(ORDER_ALREADY_PLACED);
  }

  @Test
  void items_are_added_in_their_order_and_each_product_once() {
    order.given(DRAFTED).when(add(BOWL, 2)).then(TWO_BOWLS);
    order.given(DRAFTED, TWO_BOWLS).when(add(BOWL, 1)).thenRejected(ITEM_ALREADY_IN_ORDER);
    assertThat(order.given(DRAFTED, TWO_BOWLS, ONE_WHISK).state())
        .isEqualTo(
            new Draft(ID, "user-1", List.of(new DraftItem(BOWL, 2), new DraftItem(WHISK, 1))));
  }

  @Test
  void a_quantity_is_one_to_999() {
    order.given(DRAFTED).when(add(BOWL, 0)).thenRejected(QUANTITY_OUT_OF_RANGE);
    order.given(DRAFTED).when(add(BOWL, 1_000)).thenRejected(QUANTITY_OUT_OF_RANGE);
    order.given(DRAFTED).when(add(BOWL, 999)).then(new OrderItemAdded(ID, BOWL, 999, NOW));
    order.given(DRAFTED, TWO_BOWLS).when(change(BOWL, 0)).thenRejected(QUANTITY_OUT_OF_RANGE);
    order.given(DRAFTED, TWO_BOWLS).when(change(BOWL, 1_000)).thenRejected(QUANTITY_OUT_OF_RANGE);
    order
        .given(DRAFTED, TWO_BOWLS)
        .when(change(BOWL, 1))
        .then(new OrderItemChanged(ID, BOWL, 1, NOW));
  }

  @Test
  void a_draft_has_at_most_fifty_items() {
    order.given(withItems(50)).when(add(WHISK, 1)).thenRejected(TOO_MANY_LINES);
    order.given(withItems(49)).when(add(WHISK, 1)).then(ONE_WHISK);
  }

  @Test
  void a_changed_item_keeps_its_place() {
    var three = new OrderItemChanged(ID, BOWL, 3, NOW);
    order.given(DRAFTED, TWO_BOWLS, ONE_WHISK).when(change(BOWL, 3)).then(three);
    assertThat(order.given(DRAFTED, TWO_BOWLS, ONE_WHISK, three).state())
        .isEqualTo(
            new Draft(ID, "user-1", List.of(new DraftItem(BOWL, 3), new DraftItem(WHISK, 1))));
    order.given(DRAFTED, TWO_BOWLS).when(change(BOWL, 2)).thenNothing();
    order.given(DRAFTED, TWO_BOWLS).when(change(WHISK, 2)).thenRejected(ITEM_NOT_IN_ORDER);
  }

  @Test
  void a_removed_item_is_gone_and_may_come_back() {
    order.given(DRAFTED, TWO_BOWLS, ONE_WHISK).when(remove(BOWL)).then(NO_BOWLS);
    order.given(DRAFTED, ONE_WHISK).when(remove(BOWL)).thenNothing();
    assertThat(order.given(DRAFTED, TWO_BOWLS, ONE_WHISK, NO_BOWLS).state())
        .isEqualTo(new Draft(ID, "user-1", List.of(new DraftItem(WHISK, 1))));
    order.given(DRAFTED, TWO_BOWLS, NO_BOWLS).when(add(BOWL, 2)).then(TWO_BOWLS);
  }

  @Test
  void a_draft_is_placed_with_the_names_and_prices_of_that_moment() {
    order.given(DRAFTED, TWO_BOWLS).when(place(BOWL_OFFER)).then(PLACED);
    order.given(DRAFTED, TWO_BOWLS).when(place(WHISK_OFFER, BOWL_OFFER)).then(PLACED);
  }

  @Test
  void a_draft_that_got_another_item_meanwhile_is_not_placed() {
    order.given(DRAFTED, TWO_BOWLS, ONE_WHISK).when(place(BOWL_OFFER)).thenRejected(DRAFT_CHANGED);
  }

  @Test
  void a_placed_draft_obeys_the_rules_of_placing() {
    order.given(DRAFTED).when(place()).thenRejected(ORDER_EMPTY);
    order.given(DRAFTED, ONE_WHISK).when(place(WHISK_OFFER)).thenRejected(ORDER_BELOW_MINIMUM);
  }

  @Test
  void what_is_no_draft_any_more_does_not_change() {
    for (OrderCommand command :
        List.of(add(WHISK, 1), change(BOWL, 1), remove(BOWL), place(BOWL_OFFER))) {
      order.given(DRAFTED, TWO_BOWLS, PLACED).when(command).thenRejected(ORDER_NOT_A_DRAFT);
      order
          .given(DRAFTED, new OrderDraftDiscarded(ID, NOW))
          .when(command)
          .thenRejected(ORDER_NOT_A_DRAFT);
      order.given().when(command).thenRejected(ORDER_NOT_FOUND);
    }
  }

  @Test
  void a_draft_is_not_placed_as_if_it_were_a_new_order() {
    order
        .given(DRAFTED)
        .when(
            new PlaceOrder(ID, "user-1", PLACED.lines(), ADDRESS, "tok_ok", Money.yen(1_000), NOW))
        .thenRejected(ORDER_ALREADY_PLACED);
  }

  @Test
  void facts_about_items_of_no_draft_change_nothing() {
    assertThat(order.given(TWO_BOWLS, NO_BOWLS).state()).isEqualTo(new Absent());
  }

  private static AddItem add(ProductId product, int quantity) {
    return new AddItem(ID, product, quantity, NOW);
  }

  private static ChangeItem change(ProductId product, int quantity) {
    return new ChangeItem(ID, product, quantity, NOW);
  }

  private static RemoveItem remove(ProductId product) {
    return new RemoveItem(ID, product, NOW);
  }

  private static PlaceDraft place(Offer... offers) {
    return new PlaceDraft(ID, List.of(offers), ADDRESS, "tok_ok", Money.yen(1_000), NOW);
  }

  private static OrderEvent[] withItems(int count) {
    Stream<OrderEvent> items =
        IntStream.range(0, count)
            .mapToObj(i -> new OrderItemAdded(ID, new ProductId(new UUID(2, i)), 1, NOW));
    return Stream.concat(Stream.of(DRAFTED), items).toArray(OrderEvent[]::new);
  }
}
