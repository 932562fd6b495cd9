package io.kiroku.ordering;

import static io.kiroku.ordering.OrderRejection.CANCELLATION_TOO_LATE;
import static io.kiroku.ordering.OrderRejection.CURRENCIES_DIFFER;
import static io.kiroku.ordering.OrderRejection.DUPLICATE_LINE;
import static io.kiroku.ordering.OrderRejection.FAILURE_CODE_INVALID;
import static io.kiroku.ordering.OrderRejection.ORDER_ALREADY_PLACED;
import static io.kiroku.ordering.OrderRejection.ORDER_ALREADY_SHIPPED;
import static io.kiroku.ordering.OrderRejection.ORDER_BELOW_MINIMUM;
import static io.kiroku.ordering.OrderRejection.ORDER_CANCELLED;
import static io.kiroku.ordering.OrderRejection.ORDER_EMPTY;
import static io.kiroku.ordering.OrderRejection.ORDER_FAILED;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_CONFIRMED;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_FOUND;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_PLACED;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_SHIPPED;
import static io.kiroku.ordering.OrderRejection.PAYMENT_TOKEN_BLANK;
import static io.kiroku.ordering.OrderRejection.PRICE_OUT_OF_RANGE;
import static io.kiroku.ordering.OrderRejection.QUANTITY_OUT_OF_RANGE;
import static io.kiroku.ordering.OrderRejection.TOO_MANY_LINES;
import static io.kiroku.ordering.OrderRejection.TRACKING_NUMBER_OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.Order.Contents;
import io.kiroku.ordering.Order.Delivered;
import io.kiroku.ordering.Order.Discarded;
import io.kiroku.ordering.Order.Failed;
import io.kiroku.ordering.Order.Placed;
import io.kiroku.ordering.Order.Shipped;
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.CancelOrderForCustomer;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.DeliverOrder;
import io.kiroku.ordering.OrderCommand.FailOrder;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderCommand.ShipOrder;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrderId ID = new OrderId(new UUID(0, 1));
  private static final Personal<ShippingAddress> ADDRESS =
      Personal.of("user-1", new ShippingAddress("H", "1", "", "Tokyo", "", "100-0001", "JP"));
  private static final Money MINIMUM = Money.yen(1_000);
  private static final OrderPlaced PLACED =
      new OrderPlaced(
          ID, "user-1", List.of(line(1, 2, 600)), Money.yen(1_200), ADDRESS, "tok_ok", NOW);
  private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ID, NOW);
  private static final OrderCancelled CANCELLED = new OrderCancelled(ID, "WHY", NOW);

  private static final OrderDrafted DRAFTED = new OrderDrafted(ID, "user-1", NOW);
  private static final OrderDraftDiscarded DISCARDED = new OrderDraftDiscarded(ID, NOW);
  private static final OrderShipped SHIPPED = new OrderShipped(ID, "TRACK-1", NOW);
  private static final OrderDelivered DELIVERED = new OrderDelivered(ID, NOW);
  private static final OrderFailed FAILED = new OrderFailed(ID, "PRODUCT_DAMAGED", NOW);
  private static final ShipOrder SHIP = new ShipOrder(ID, "TRACK-1", NOW);
  private static final DeliverOrder DELIVER = new DeliverOrder(ID, NOW);
  private static final FailOrder FAIL = new FailOrder(ID, "PRODUCT_DAMAGED", NOW);
  private static final Duration DAY = Duration.ofHours(24);
  private static final OrderCancelled ON_REQUEST = new OrderCancelled(ID, "CUSTOMER_REQUEST", NOW);
  private static final Contents CONTENTS =
      new Contents(ID, "user-1", List.of(line(1, 2, 600)), Money.yen(1_200), ADDRESS, "tok_ok");

  private final DeciderSpec<OrderCommand, Order, OrderEvent> order =
      DeciderSpec.of(new OrderDecider());

  @Test
  void placing_totals_the_lines() {
    order.given().when(place(line(1, 2, 600))).then(PLACED);
  }

  @Test
  void an_order_has_one_to_fifty_lines_of_different_products() {
    order.given().when(place()).thenRejected(ORDER_EMPTY);
    order.given().when(place(lines(51))).thenRejected(TOO_MANY_LINES);
    order.given().when(place(line(1, 2, 600), line(1, 1, 600))).thenRejected(DUPLICATE_LINE);
    assertThat(total(lines(50))).isEqualTo(Money.yen(50_000));
  }

  @Test
  void a_quantity_is_one_to_999() {
    order.given().when(place(line(1, 0, 5_000))).thenRejected(QUANTITY_OUT_OF_RANGE);
    order.given().when(place(line(1, 1_000, 5_000))).thenRejected(QUANTITY_OUT_OF_RANGE);
    assertThat(total(line(1, 999, 5_000))).isEqualTo(Money.yen(4_995_000));
  }

  @Test
  void the_total_reaches_the_minimum() {
    order.given().when(place(line(1, 1, 999))).thenRejected(ORDER_BELOW_MINIMUM);
    assertThat(total(line(1, 1, 1_000))).isEqualTo(MINIMUM);
  }

  @Test
  void the_highest_order_there_can_be_does_not_overflow() {
    var dearest =
        IntStream.range(0, 50)
            .mapToObj(i -> line(i, 999, Money.PRICE_MINOR_UNITS_MAX))
            .toArray(OrderLine[]::new);
    assertThat(total(dearest).minorUnits()).isEqualTo(50L * 999 * Money.PRICE_MINOR_UNITS_MAX);
    order.given().when(place(line(1, 1, Long.MAX_VALUE))).thenRejected(PRICE_OUT_OF_RANGE);
    order.given().when(place(line(1, 1, 0))).thenRejected(PRICE_OUT_OF_RANGE);
  }

  @Test
  void every_line_is_in_the_shops_currency() {
    var euro = new Money(5_000, Currency.getInstance("EUR"));
    order
        .given()
        .when(place(new OrderLine(product(1), "Bowl", 1, euro)))
        .thenRejected(CURRENCIES_DIFFER);
  }

  @Test
  void somebody_has_to_pay() {
    order
        .given()
        .when(new PlaceOrder(ID, "user-1", List.of(line(1, 2, 600)), ADDRESS, " ", MINIMUM, NOW))
        .thenRejected(PAYMENT_TOKEN_BLANK);
  }

  @Test
  void an_order_is_placed_once() {
    order.given(PLACED).when(place(line(1, 2, 600))).thenRejected(ORDER_ALREADY_PLACED);
    order.given(PLACED, CANCELLED).when(place(line(1, 2, 600))).thenRejected(ORDER_ALREADY_PLACED);
  }

  @Test
  void a_placed_order_is_confirmed_once() {
    order.given(PLACED).when(new ConfirmOrder(ID, NOW)).then(CONFIRMED);
    order
        .given(PLACED, CONFIRMED)
        .when(new ConfirmOrder(ID, NOW))
        .then(new OrderStepRepeated(ID, OrderStep.CONFIRM, NOW));
  }

  @Test
  void a_cancelled_order_refuses_to_be_confirmed_as_a_fact() {
    order
        .given(PLACED, CANCELLED)
        .when(new ConfirmOrder(ID, NOW))
        .then(new OrderConfirmationRejected(ID, "ORDER_CANCELLED", NOW));
  }

  @Test
  void trap_13_compensation_cancels_a_placed_and_even_a_confirmed_order_once() {
    var cancel = new CancelOrder(ID, "WHY", NOW);
    order.given(PLACED).when(cancel).then(CANCELLED);
    order.given(PLACED, CONFIRMED).when(cancel).then(CANCELLED);
    order
        .given(PLACED, CANCELLED)
        .when(cancel)
        .then(new OrderStepRepeated(ID, OrderStep.CANCEL, NOW));
  }

  @Test
  void what_is_on_its_way_was_confirmed() {
    var repeated = new OrderStepRepeated(ID, OrderStep.CONFIRM, NOW);
    order.given(PLACED, CONFIRMED, SHIPPED).when(new ConfirmOrder(ID, NOW)).then(repeated);
    order
        .given(PLACED, CONFIRMED, SHIPPED, DELIVERED)
        .when(new ConfirmOrder(ID, NOW))
        .then(repeated);
  }

  @Test
  void an_order_that_failed_refuses_to_be_confirmed_as_a_fact() {
    order
        .given(PLACED, FAILED)
        .when(new ConfirmOrder(ID, NOW))
        .then(new OrderConfirmationRejected(ID, "ORDER_FAILED", NOW));
  }

  @Test
  void trap_12_what_is_on_its_way_refuses_to_be_cancelled_by_a_process_as_a_fact() {
    var cancel = new CancelOrder(ID, "WHY", NOW);
    var rejected = new OrderCancellationRejected(ID, "ORDER_ALREADY_SHIPPED", NOW);
    order
        .given(PLACED, CONFIRMED, SHIPPED)
        .when(cancel)
        .then(rejected)
        .thenState(new Shipped(CONTENTS, "TRACK-1"));
    order.given(PLACED, CONFIRMED, SHIPPED, DELIVERED).when(cancel).then(rejected);
  }

  @Test
  void an_order_that_failed_need_not_be_cancelled_by_the_process_that_undoes_it() {
    order
        .given(PLACED, FAILED)
        .when(new CancelOrder(ID, "WHY", NOW))
        .then(new OrderStepRepeated(ID, OrderStep.CANCEL, NOW))
        .thenState(new Failed(CONTENTS, "PRODUCT_DAMAGED"));
  }

  @Test
  void a_customer_cancels_what_is_placed() {
    order
        .given(PLACED)
        .when(cancelAt(NOW))
        .then(ON_REQUEST)
        .thenState(new Cancelled(CONTENTS, "CUSTOMER_REQUEST"));
    order.given(PLACED, ON_REQUEST).when(cancelAt(NOW)).thenNothing();
  }

  @Test
  void a_customer_cancels_what_is_confirmed_only_within_the_window() {
    var confirmed = order.given(PLACED, CONFIRMED);
    confirmed
        .when(cancelAt(NOW.plus(DAY)))
        .then(new OrderCancelled(ID, "CUSTOMER_REQUEST", NOW.plus(DAY)));
    confirmed.when(cancelAt(NOW.plus(DAY).plusNanos(1))).thenRejected(CANCELLATION_TOO_LATE);
    order
        .given(PLACED)
        .when(cancelAt(NOW.plus(DAY).plusNanos(1)))
        .then(new OrderCancelled(ID, "CUSTOMER_REQUEST", NOW.plus(DAY).plusNanos(1)));
  }

  @Test
  void a_customer_does_not_cancel_what_is_on_its_way_or_has_failed() {
    order.given(PLACED, CONFIRMED, SHIPPED).when(cancelAt(NOW)).thenRejected(ORDER_ALREADY_SHIPPED);
    order
        .given(PLACED, CONFIRMED, SHIPPED, DELIVERED)
        .when(cancelAt(NOW))
        .thenRejected(ORDER_ALREADY_SHIPPED);
    order.given(PLACED, FAILED).when(cancelAt(NOW)).thenRejected(ORDER_FAILED);
    order.given().when(cancelAt(NOW)).thenRejected(ORDER_NOT_FOUND);
  }

  @Test
  void a_customer_gives_up_a_draft() {
    order.given(DRAFTED).when(cancelAt(NOW)).then(DISCARDED).thenState(new Discarded());
    order.given(DRAFTED, DISCARDED).when(cancelAt(NOW)).thenNothing();
  }

  @Test
  void a_confirmed_order_is_shipped_and_delivered() {
    order
        .given(PLACED, CONFIRMED)
        .when(new ShipOrder(ID, " TRACK-1 ", NOW))
        .then(SHIPPED)
        .thenState(new Shipped(CONTENTS, "TRACK-1"));
    order
        .given(PLACED, CONFIRMED, SHIPPED)
        .when(DELIVER)
        .then(DELIVERED)
        .thenState(new Delivered(CONTENTS, "TRACK-1", NOW));
  }

  @Test
  void an_order_is_shipped_under_one_number_and_delivered_once() {
    var other = new ShipOrder(ID, "TRACK-2", NOW);
    order.given(PLACED, CONFIRMED, SHIPPED).when(SHIP).thenNothing();
    order.given(PLACED, CONFIRMED, SHIPPED).when(other).thenRejected(ORDER_ALREADY_SHIPPED);
    var delivered = order.given(PLACED, CONFIRMED, SHIPPED, DELIVERED);
    delivered.when(SHIP).thenNothing();
    delivered.when(other).thenRejected(ORDER_ALREADY_SHIPPED);
    delivered.when(DELIVER).thenNothing();
  }

  @Test
  void a_tracking_number_has_one_to_a_hundred_characters() {
    var confirmed = order.given(PLACED, CONFIRMED);
    confirmed.when(new ShipOrder(ID, " ", NOW)).thenRejected(TRACKING_NUMBER_OUT_OF_RANGE);
    confirmed
        .when(new ShipOrder(ID, "1".repeat(101), NOW))
        .thenRejected(TRACKING_NUMBER_OUT_OF_RANGE);
    confirmed
        .when(new ShipOrder(ID, "1".repeat(100), NOW))
        .then(new OrderShipped(ID, "1".repeat(100), NOW));
  }

  @Test
  void only_a_confirmed_order_is_shipped() {
    order.given().when(SHIP).thenRejected(ORDER_NOT_FOUND);
    order.given(DRAFTED).when(SHIP).thenRejected(ORDER_NOT_PLACED);
    order.given(PLACED).when(SHIP).thenRejected(ORDER_NOT_CONFIRMED);
    order.given(PLACED, CANCELLED).when(SHIP).thenRejected(ORDER_CANCELLED);
    order.given(PLACED, FAILED).when(SHIP).thenRejected(ORDER_FAILED);
  }

  @Test
  void only_a_shipped_order_is_delivered() {
    order.given().when(DELIVER).thenRejected(ORDER_NOT_FOUND);
    order.given(DRAFTED, DISCARDED).when(DELIVER).thenRejected(ORDER_NOT_PLACED);
    order.given(PLACED).when(DELIVER).thenRejected(ORDER_NOT_SHIPPED);
    order.given(PLACED, CONFIRMED).when(DELIVER).thenRejected(ORDER_NOT_SHIPPED);
    order.given(PLACED, CANCELLED).when(DELIVER).thenRejected(ORDER_CANCELLED);
    order.given(PLACED, FAILED).when(DELIVER).thenRejected(ORDER_FAILED);
  }

  @Test
  void what_the_shop_cannot_carry_out_fails_before_it_is_shipped() {
    order.given(PLACED).when(FAIL).then(FAILED).thenState(new Failed(CONTENTS, "PRODUCT_DAMAGED"));
    order.given(PLACED, CONFIRMED).when(FAIL).then(FAILED);
    order.given(PLACED, FAILED).when(FAIL).thenNothing();
    order.given(PLACED, CONFIRMED, SHIPPED).when(FAIL).thenRejected(ORDER_ALREADY_SHIPPED);
    order.given(PLACED, CANCELLED).when(FAIL).thenRejected(ORDER_CANCELLED);
    order.given(DRAFTED).when(FAIL).thenRejected(ORDER_NOT_PLACED);
    order.given().when(FAIL).thenRejected(ORDER_NOT_FOUND);
  }

  @Test
  void a_failure_has_a_code() {
    order.given(PLACED).when(new FailOrder(ID, "", NOW)).thenRejected(FAILURE_CODE_INVALID);
    order.given(PLACED).when(new FailOrder(ID, "no", NOW)).thenRejected(FAILURE_CODE_INVALID);
    order
        .given(PLACED)
        .when(new FailOrder(ID, "A".repeat(65), NOW))
        .thenRejected(FAILURE_CODE_INVALID);
    order
        .given(PLACED)
        .when(new FailOrder(ID, "A".repeat(64), NOW))
        .then(new OrderFailed(ID, "A".repeat(64), NOW));
  }

  @Test
  void no_process_knows_a_draft() {
    order.given(DRAFTED).when(new ConfirmOrder(ID, NOW)).thenRejected(ORDER_NOT_PLACED);
    order.given(DRAFTED).when(new CancelOrder(ID, "WHY", NOW)).thenRejected(ORDER_NOT_PLACED);
    order.given(DRAFTED, DISCARDED).when(new ConfirmOrder(ID, NOW)).thenRejected(ORDER_NOT_PLACED);
  }

  @Test
  void what_comes_too_late_in_a_history_changes_nothing() {
    assertThat(order.given(PLACED, CANCELLED, SHIPPED).state()).isInstanceOf(Cancelled.class);
    assertThat(order.given(PLACED, CONFIRMED, DELIVERED).state())
        .isEqualTo(new Confirmed(CONTENTS, NOW));
    assertThat(order.given(PLACED, CONFIRMED, SHIPPED, CANCELLED).state())
        .isEqualTo(new Shipped(CONTENTS, "TRACK-1"));
    assertThat(order.given(PLACED, DISCARDED).state()).isEqualTo(new Placed(CONTENTS));
  }

  @Test
  void an_order_that_was_never_placed_is_not_found() {
    order.given().when(new ConfirmOrder(ID, NOW)).thenRejected(ORDER_NOT_FOUND);
    order.given().when(new CancelOrder(ID, "WHY", NOW)).thenRejected(ORDER_NOT_FOUND);
  }

  @Test
  void each_fact_leads_to_its_state() {
    assertThat(order.given(PLACED, CONFIRMED).state()).isInstanceOf(Confirmed.class);
    assertThat(order.given(PLACED, CONFIRMED, CANCELLED).state()).isInstanceOf(Cancelled.class);
    assertThat(order.given(PLACED, CANCELLED, CONFIRMED).state()).isInstanceOf(Cancelled.class);
  }

  private static CancelOrderForCustomer cancelAt(Instant now) {
    return new CancelOrderForCustomer(ID, DAY, now);
  }

  private Money total(OrderLine... lines) {
    return PlacingRules.refusal(place(lines)).isPresent()
        ? Money.yen(-1)
        : PlacingRules.total(place(lines));
  }

  private static PlaceOrder place(OrderLine... lines) {
    return new PlaceOrder(ID, "user-1", List.of(lines), ADDRESS, "tok_ok", MINIMUM, NOW);
  }

  private static OrderLine[] lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> line(i, 1, 1_000)).toArray(OrderLine[]::new);
  }

  private static OrderLine line(int product, int quantity, long yen) {
    return new OrderLine(product(product), "Bowl", quantity, Money.yen(yen));
  }

  private static ProductId product(int number) {
    return new ProductId(new UUID(1, number));
  }
}
