package io.kiroku.query.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.OrderStep;
import io.kiroku.query.Told;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SalesProjectionTest {
  private static final OrderId ORDER = new OrderId(new UUID(1, 1));
  private static final ProductId TEA = new ProductId(new UUID(2, 1));
  private static final ProductId CUP = new ProductId(new UUID(2, 2));
  private static final Instant MONDAY = Instant.parse("2026-11-16T23:59:59.999Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T00:00:00Z");
  private static final OrderEvent PLACED =
      new OrderPlaced(
          ORDER,
          "mika",
          List.of(
              new OrderLine(TEA, "Tea", 2, Money.yen(800)),
              new OrderLine(CUP, "Cup", 1, Money.yen(500)),
              new OrderLine(TEA, "Tea", 1, Money.yen(800))),
          Money.yen(2_900),
          new Personal.Erased<>("mika"),
          "tok_ok",
          MONDAY);
  private static final OrderEvent CONFIRMED = new OrderConfirmed(ORDER, MONDAY);
  private static final Booking SOLD = Booking.sold("2026-11-16", "", 4, 2_900);
  private static final Booking REVERSED = Booking.reversed("2026-11-17", "", 4, 2_900);

  private static SaleDocument sale(OrderEvent... story) {
    return Told.to(new SalesProjection(), story);
  }

  @Test
  void an_order_is_sold_on_the_day_in_utc_that_it_is_confirmed() {
    assertThat(sale(PLACED).days()).isEmpty();
    SaleDocument sold = sale(PLACED, CONFIRMED);
    assertThat(sold.days()).containsExactly(SOLD);
    assertThat(List.of(sold.tenant(), sold.currency())).containsExactly("default", "JPY");
    assertThat(sale(PLACED, new OrderConfirmed(ORDER, TUESDAY)).days())
        .extracting(Booking::day)
        .containsExactly("2026-11-17");
  }

  @Test
  void every_product_of_an_order_is_sold_once() {
    assertThat(sale(PLACED, CONFIRMED).products())
        .containsExactly(
            Booking.sold("2026-11-16", TEA.toString(), 3, 2_400),
            Booking.sold("2026-11-16", CUP.toString(), 1, 500));
  }

  @Test
  void what_is_cancelled_or_fails_after_it_was_sold_is_taken_back_on_that_day() {
    assertThat(sale(PLACED, CONFIRMED, new OrderCancelled(ORDER, "BY_CUSTOMER", TUESDAY)).days())
        .containsExactly(SOLD, REVERSED);
    SaleDocument failed = sale(PLACED, CONFIRMED, new OrderFailed(ORDER, "DAMAGED", TUESDAY));
    assertThat(failed.days()).containsExactly(SOLD, REVERSED);
    assertThat(failed.products())
        .contains(Booking.reversed("2026-11-17", TEA.toString(), 3, 2_400));
  }

  @Test
  void what_never_was_sold_is_not_taken_back() {
    assertThat(sale(PLACED, new OrderCancelled(ORDER, "DECLINED", TUESDAY)).days()).isEmpty();
    assertThat(sale(PLACED, new OrderFailed(ORDER, "DAMAGED", TUESDAY)).products()).isEmpty();
  }

  @Test
  void a_return_counts_once_it_is_complete_and_not_at_all_if_it_is_refused() {
    OrderEvent requested = new OrderReturnRequested(ORDER, "BROKEN", List.of(), TUESDAY);
    assertThat(sale(PLACED, CONFIRMED, requested).days()).containsExactly(SOLD);
    assertThat(sale(PLACED, CONFIRMED, requested, new OrderReturned(ORDER, TUESDAY)).days())
        .containsExactly(SOLD, REVERSED);
    assertThat(
            sale(PLACED, CONFIRMED, requested, new OrderReturnRefused(ORDER, "WORN", TUESDAY))
                .days())
        .containsExactly(SOLD);
  }

  @Test
  void drafts_parcels_and_refused_or_repeated_steps_count_for_nothing() {
    assertThat(
            sale(
                new OrderDrafted(ORDER, "mika", MONDAY),
                new OrderItemAdded(ORDER, TEA, 1, MONDAY),
                PLACED,
                new OrderConfirmationRejected(ORDER, "LATE", MONDAY),
                CONFIRMED,
                new OrderStepRepeated(ORDER, OrderStep.CONFIRM, TUESDAY),
                new OrderShipped(ORDER, "T-1", TUESDAY),
                new OrderCancellationRejected(ORDER, "ORDER_ALREADY_SHIPPED", TUESDAY),
                new OrderDelivered(ORDER, TUESDAY)))
        .isEqualTo(sale(PLACED, CONFIRMED));
  }

  @Test
  void an_order_that_is_sold_before_it_was_placed_is_a_failing_event() {
    assertThatThrownBy(() -> sale(CONFIRMED)).hasMessageContaining("placed before");
  }
}
