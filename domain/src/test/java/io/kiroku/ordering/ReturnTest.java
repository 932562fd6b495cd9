package io.kiroku.ordering;

import static io.kiroku.ordering.OrderRejection.ORDER_ALREADY_SHIPPED;
import static io.kiroku.ordering.OrderRejection.ORDER_CANCELLED;
import static io.kiroku.ordering.OrderRejection.ORDER_FAILED;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_DELIVERED;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_FOUND;
import static io.kiroku.ordering.OrderRejection.ORDER_NOT_PLACED;
import static io.kiroku.ordering.OrderRejection.RETURN_NOT_REQUESTED;
import static io.kiroku.ordering.OrderRejection.RETURN_REASON_INVALID;
import static io.kiroku.ordering.OrderRejection.RETURN_REFUSED;
import static io.kiroku.ordering.OrderRejection.RETURN_TOO_LATE;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_PLACED;

import io.kiroku.ordering.Order.Contents;
import io.kiroku.ordering.Order.ReturnRefused;
import io.kiroku.ordering.Order.ReturnRequested;
import io.kiroku.ordering.Order.Returned;
import io.kiroku.ordering.OrderCommand.CancelOrder;
import io.kiroku.ordering.OrderCommand.CancelOrderForCustomer;
import io.kiroku.ordering.OrderCommand.CompleteReturn;
import io.kiroku.ordering.OrderCommand.ConfirmOrder;
import io.kiroku.ordering.OrderCommand.DeliverOrder;
import io.kiroku.ordering.OrderCommand.FailOrder;
import io.kiroku.ordering.OrderCommand.RefuseReturn;
import io.kiroku.ordering.OrderCommand.RequestReturn;
import io.kiroku.ordering.OrderCommand.ShipOrder;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.testing.DeciderSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Orders on their way back.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnTest {
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ORDER, AT);
  private static final OrderShipped SHIPPED = new OrderShipped(ORDER, "TRACK-1", AT);
  private static final OrderDelivered DELIVERED = new OrderDelivered(ORDER, AT);
  private static final OrderReturnRequested REQUESTED =
      new OrderReturnRequested(ORDER, "NOT_AS_DESCRIBED", ORDER_PLACED.lines(), AT);
  private static final OrderReturned RETURNED = new OrderReturned(ORDER, AT);
  private static final OrderReturnRefused REFUSED =
      new OrderReturnRefused(ORDER, "GOODS_DAMAGED", AT);
  private static final CompleteReturn COMPLETE = new CompleteReturn(ORDER, AT);
  private static final RefuseReturn REFUSE = new RefuseReturn(ORDER, "GOODS_DAMAGED", AT);
  private static final Contents CONTENTS =
      new Contents(
          ORDER,
          "user-1",
          ORDER_PLACED.lines(),
          ORDER_PLACED.total(),
          ORDER_PLACED.address(),
          "tok_ok");

  private final DeciderSpec<OrderCommand, Order, OrderEvent> order =
      DeciderSpec.of(new OrderDecider());

  @Test
  void a_customer_asks_to_give_a_delivered_order_back_with_all_its_lines() {
    delivered()
        .when(requestAt(AT))
        .then(REQUESTED)
        .thenState(new ReturnRequested(CONTENTS, "TRACK-1"));
  }

  @Test
  void an_order_is_taken_back_only_within_the_window_after_its_delivery() {
    Instant last = AT.plus(WINDOW);
    delivered()
        .when(requestAt(last))
        .then(new OrderReturnRequested(ORDER, "NOT_AS_DESCRIBED", ORDER_PLACED.lines(), last));
    delivered().when(requestAt(last.plusNanos(1))).thenRejected(RETURN_TOO_LATE);
  }

  @Test
  void only_what_was_delivered_is_given_back() {
    order.given().when(requestAt(AT)).thenRejected(ORDER_NOT_FOUND);
    order
        .given(new OrderDrafted(ORDER, "user-1", AT))
        .when(requestAt(AT))
        .thenRejected(ORDER_NOT_PLACED);
    order.given(ORDER_PLACED).when(requestAt(AT)).thenRejected(ORDER_NOT_DELIVERED);
    order.given(ORDER_PLACED, CONFIRMED).when(requestAt(AT)).thenRejected(ORDER_NOT_DELIVERED);
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED)
        .when(requestAt(AT))
        .thenRejected(ORDER_NOT_DELIVERED);
    order
        .given(ORDER_PLACED, new OrderCancelled(ORDER, "WHY", AT))
        .when(requestAt(AT))
        .thenRejected(ORDER_CANCELLED);
    order
        .given(ORDER_PLACED, new OrderFailed(ORDER, "WHY", AT))
        .when(requestAt(AT))
        .thenRejected(ORDER_FAILED);
  }

  @Test
  void a_reason_is_a_code_and_no_words() {
    for (String words : List.of("", "it broke", "T".repeat(65))) {
      delivered()
          .when(new RequestReturn(ORDER, words, WINDOW, AT))
          .thenRejected(RETURN_REASON_INVALID);
    }
  }

  @Test
  void who_asks_again_changes_nothing_and_after_a_refusal_gets_no_second_return() {
    requested().when(requestAt(AT)).thenNothing();
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, RETURNED)
        .when(requestAt(AT))
        .thenNothing();
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, REFUSED)
        .when(requestAt(AT))
        .thenRejected(RETURN_REFUSED);
  }

  @Test
  void the_process_ends_a_return_once_with_a_fact_every_time() {
    requested().when(COMPLETE).then(RETURNED).thenState(new Returned(CONTENTS, "TRACK-1"));
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, RETURNED)
        .when(COMPLETE)
        .then(new OrderStepRepeated(ORDER, OrderStep.COMPLETE_RETURN, AT));
    requested()
        .when(REFUSE)
        .then(REFUSED)
        .thenState(new ReturnRefused(CONTENTS, "TRACK-1", "GOODS_DAMAGED"));
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, REFUSED)
        .when(REFUSE)
        .then(new OrderStepRepeated(ORDER, OrderStep.REFUSE_RETURN, AT));
  }

  @Test
  void a_return_that_nobody_asked_for_cannot_be_ended() {
    delivered().when(COMPLETE).thenRejected(RETURN_NOT_REQUESTED);
    delivered().when(REFUSE).thenRejected(RETURN_NOT_REQUESTED);
    order.given().when(COMPLETE).thenRejected(ORDER_NOT_FOUND);
    order.given().when(REFUSE).thenRejected(ORDER_NOT_FOUND);
  }

  @Test
  void an_end_stands_against_the_other_one() {
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, REFUSED)
        .when(COMPLETE)
        .thenRejected(RETURN_REFUSED);
    order
        .given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, RETURNED)
        .when(REFUSE)
        .thenRejected(RETURN_NOT_REQUESTED);
  }

  @Test
  void whatever_becomes_of_a_return_the_order_was_delivered() {
    for (OrderEvent end : List.of(REQUESTED, RETURNED, REFUSED)) {
      var back = order.given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED, end);
      back.when(new DeliverOrder(ORDER, AT)).thenNothing();
      back.when(new ShipOrder(ORDER, "TRACK-1", AT)).thenNothing();
      back.when(new ShipOrder(ORDER, "TRACK-2", AT)).thenRejected(ORDER_ALREADY_SHIPPED);
      back.when(new FailOrder(ORDER, "WHY", AT)).thenRejected(ORDER_ALREADY_SHIPPED);
      back.when(new CancelOrderForCustomer(ORDER, WINDOW, AT)).thenRejected(ORDER_ALREADY_SHIPPED);
      back.when(new CancelOrder(ORDER, "WHY", AT))
          .then(new OrderCancellationRejected(ORDER, "ORDER_ALREADY_SHIPPED", AT));
      back.when(new ConfirmOrder(ORDER, AT))
          .then(new OrderStepRepeated(ORDER, OrderStep.CONFIRM, AT));
    }
  }

  private DeciderSpec<OrderCommand, Order, OrderEvent>.When delivered() {
    return order.given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED);
  }

  private DeciderSpec<OrderCommand, Order, OrderEvent>.When requested() {
    return order.given(ORDER_PLACED, CONFIRMED, SHIPPED, DELIVERED, REQUESTED);
  }

  private static RequestReturn requestAt(Instant now) {
    return new RequestReturn(ORDER, "NOT_AS_DESCRIBED", WINDOW, now);
  }
}
