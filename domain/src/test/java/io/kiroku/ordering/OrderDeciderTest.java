package io.kiroku.ordering;

import static io.kiroku.ordering.OrderRejection.CURRENCIES_DIFFER;
import static io.kiroku.ordering.OrderRejection.DUPLICATE_LINE;
import static io.kiroku.ordering.OrderRejection.ORDER_ALREADY_PLACED;
import static io.kiroku.ordering.OrderRejection.ORDER_BELOW_MINIMUM;
import static io.kiroku.ordering.OrderRejection.ORDER_EMPTY;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_FOUND;
import static io.kiroku.ordering.OrderRejection.PAYMENT_TOKEN_BLANK;
import static io.kiroku.ordering.OrderRejection.PRICE_OUT_OF_RANGE;
import static io.kiroku.ordering.OrderRejection.QUANTITY_OUT_OF_RANGE;
import static io.kiroku.ordering.OrderRejection.TOO_MANY_LINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.Order.Cancelled;
import io.kiroku.ordering.Order.Confirmed;
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
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
