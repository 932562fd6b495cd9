package io.kiroku.query.order;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.OrderEvent;
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
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.OrderStep;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.projection.Index;
import io.kiroku.query.IndexGaps;
import io.kiroku.query.Told;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnExpected;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderPartsTest {
  private static final OrderId ORDER = new OrderId(new UUID(1, 1));
  private static final ProductId TEA = new ProductId(new UUID(2, 1));
  private static final ProductId CUP = new ProductId(new UUID(2, 2));
  private static final OrderEvent DRAFTED = new OrderDrafted(ORDER, "mika", AT);
  private static final OrderEvent PLACED =
      new OrderPlaced(
          ORDER,
          "mika",
          List.of(new OrderLine(TEA, "Tea", 2, Money.yen(800))),
          Money.yen(1600),
          new Personal.Erased<>("mika"),
          "tok_ok",
          AT);

  private static OrderPart order(OrderEvent... story) {
    return Told.to(new OrderContribution(), story);
  }

  @Test
  void a_placed_order_shows_its_owner_job_and_lines() {
    assertThat(order(PLACED))
        .isEqualTo(
            new OrderPart(
                ORDER.toString(),
                "default",
                "mika",
                Told.JOB.toString(),
                "PLACED",
                "",
                List.of(new OrderPart.Line(TEA.toString(), "Tea", 2, 800)),
                1600,
                "JPY",
                AT,
                100,
                ""));
  }

  @Test
  void an_order_is_confirmed_or_cancelled_with_its_reason() {
    assertThat(order(PLACED, new OrderConfirmed(ORDER, AT)).status()).isEqualTo("CONFIRMED");
    OrderPart cancelled = order(PLACED, new OrderCancelled(ORDER, "INSUFFICIENT_FUNDS", AT));
    assertThat(cancelled.status()).isEqualTo("CANCELLED");
    assertThat(cancelled.reason()).isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void an_order_is_shipped_with_its_tracking_number_and_delivered() {
    OrderPart shipped =
        order(PLACED, new OrderConfirmed(ORDER, AT), new OrderShipped(ORDER, "TRACK-1", AT));
    assertThat(shipped.status()).isEqualTo("SHIPPED");
    OrderPart delivered =
        order(
            PLACED,
            new OrderConfirmed(ORDER, AT),
            new OrderShipped(ORDER, "TRACK-1", AT),
            new OrderDelivered(ORDER, AT));
    assertThat(delivered.status()).isEqualTo("DELIVERED");
    assertThat(delivered.trackingNumber()).isEqualTo("TRACK-1");
  }

  @Test
  void an_order_shows_what_became_of_its_return() {
    OrderEvent requested = new OrderReturnRequested(ORDER, "NOT_AS_DESCRIBED", List.of(), AT);
    OrderPart wanted = order(PLACED, new OrderDelivered(ORDER, AT), requested);
    assertThat(wanted.status()).isEqualTo("RETURN_REQUESTED");
    assertThat(wanted.reason()).isEqualTo("NOT_AS_DESCRIBED");
    OrderPart returned = order(PLACED, requested, new OrderReturned(ORDER, AT));
    assertThat(returned.status()).isEqualTo("RETURNED");
    assertThat(returned.reason()).isEqualTo("NOT_AS_DESCRIBED");
    OrderPart refused =
        order(PLACED, requested, new OrderReturnRefused(ORDER, "RETURN_EXPIRED", AT));
    assertThat(refused.status()).isEqualTo("RETURN_REFUSED");
    assertThat(refused.reason()).isEqualTo("RETURN_EXPIRED");
  }

  @Test
  void an_order_that_failed_says_why() {
    OrderPart failed = order(PLACED, new OrderFailed(ORDER, "PRODUCT_DAMAGED", AT));
    assertThat(failed.status()).isEqualTo("FAILED");
    assertThat(failed.reason()).isEqualTo("PRODUCT_DAMAGED");
  }

  @Test
  void a_draft_shows_what_is_in_it_until_it_is_placed_or_given_up() {
    OrderPart draft =
        order(
            DRAFTED,
            new OrderItemAdded(ORDER, TEA, 2, AT),
            new OrderItemAdded(ORDER, CUP, 1, AT),
            new OrderItemChanged(ORDER, TEA, 3, AT),
            new OrderItemRemoved(ORDER, CUP, AT));
    assertThat(draft.status()).isEqualTo("DRAFT");
    assertThat(draft.lines()).containsExactly(new OrderPart.Line(TEA.toString(), "", 3, 0));
    assertThat(order(DRAFTED, PLACED).lines()).isEqualTo(order(PLACED).lines());
    assertThatThrownBy(() -> order(DRAFTED, new OrderDraftDiscarded(ORDER, AT)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void refused_and_repeated_steps_change_nothing() {
    assertThat(
            order(
                PLACED,
                new OrderConfirmationRejected(ORDER, "ORDER_CANCELLED", AT),
                new OrderCancellationRejected(ORDER, "ORDER_ALREADY_SHIPPED", AT),
                new OrderStepRepeated(ORDER, OrderStep.CONFIRM, AT)))
        .isEqualTo(order(PLACED));
  }

  @Test
  void an_order_that_begins_neither_with_a_draft_nor_with_its_placing_is_a_failing_event() {
    assertThatThrownBy(() -> order(new OrderConfirmed(ORDER, AT)))
        .hasMessageContaining("first event drafts or places it");
  }

  @Test
  void a_payment_is_captured_declined_refunded_or_voided() {
    var payment = new PaymentContribution();
    var started = new PaymentCaptureStarted(ORDER, Money.yen(1600), AT);
    var captured = new PaymentCaptured(ORDER, Money.yen(1600), "ref", AT);
    assertThat(Told.to(payment, started).status()).isEqualTo("CAPTURE_STARTED");
    assertThat(Told.to(payment, started, captured))
        .isEqualTo(new PaymentPart("CAPTURED", 1600, 0, ""));
    assertThat(Told.to(payment, started, new PaymentDeclined(ORDER, "FRAUD_SUSPECTED", AT)))
        .isEqualTo(new PaymentPart("DECLINED", 0, 0, "FRAUD_SUSPECTED"));
    assertThat(
            Told.to(
                payment,
                started,
                captured,
                new PaymentRefundStarted(ORDER, Money.yen(1600), AT),
                new PaymentRefunded(ORDER, Money.yen(1600), AT)))
        .isEqualTo(new PaymentPart("REFUNDED", 1600, 1600, ""));
    assertThat(Told.to(payment, new PaymentVoided(ORDER, AT)).status()).isEqualTo("VOIDED");
  }

  @Test
  void a_shipment_is_arranged_refused_or_cancelled() {
    var shipment = new ShipmentContribution();
    var arranged = new ShipmentArranged(ORDER, "KA-1", AT);
    assertThat(Told.to(shipment, arranged)).isEqualTo(new ShipmentPart("ARRANGED", "KA-1", "", ""));
    assertThat(Told.to(shipment, new ShipmentRefused(ORDER, "RESTRICTED_AREA", AT)))
        .isEqualTo(new ShipmentPart("REFUSED", "", "RESTRICTED_AREA", ""));
    assertThat(Told.to(shipment, arranged, new ShipmentCancelled(ORDER, AT)))
        .isEqualTo(new ShipmentPart("CANCELLED", "KA-1", "", ""));
  }

  @Test
  void a_shipment_is_on_its_way_and_delivered_whatever_a_process_wants_then() {
    var shipment = new ShipmentContribution();
    var arranged = new ShipmentArranged(ORDER, "KA-1", AT);
    var dispatched = new ShipmentDispatched(ORDER, "TRACK-1", AT);
    var rejected = new ShipmentCancellationRejected(ORDER, "SHIPMENT_ALREADY_DISPATCHED", AT);
    assertThat(Told.to(shipment, arranged, dispatched, rejected))
        .isEqualTo(new ShipmentPart("DISPATCHED", "KA-1", "", "TRACK-1"));
    assertThat(Told.to(shipment, arranged, dispatched, new ShipmentDelivered(ORDER, AT)))
        .isEqualTo(new ShipmentPart("DELIVERED", "KA-1", "", "TRACK-1"));
  }

  @Test
  void a_shipment_comes_back_or_is_not_taken_back() {
    var shipment = new ShipmentContribution();
    var arranged = new ShipmentArranged(ORDER, "KA-1", AT);
    var expected = new ShipmentReturnExpected(ORDER, AT, AT);
    assertThat(Told.to(shipment, arranged, expected, new ReturnedGoodsReceived(ORDER, AT)))
        .isEqualTo(new ShipmentPart("RETURNED", "KA-1", "", ""));
    assertThat(
            Told.to(
                shipment, arranged, expected, new ReturnedGoodsRefused(ORDER, "GOODS_DAMAGED", AT)))
        .isEqualTo(new ShipmentPart("RETURN_REFUSED", "KA-1", "GOODS_DAMAGED", ""));
  }

  @Test
  void every_filter_and_sort_and_count_of_orders_has_its_index() {
    List<Index> indexes = new OrderViewProjection().indexes();
    assertThat(IndexGaps.of(OrderListing.DECLARED, indexes)).isEmpty();
    assertThat(indexes)
        .anyMatch(index -> beginsWith(index, "order.tenant", OrderBook.STATUS))
        .anyMatch(index -> beginsWith(index, "order.tenant", OrderBook.FULFILLMENT_STATUS));
  }

  private static boolean beginsWith(Index index, String tenant, String status) {
    return index.fields().subList(0, 2).equals(List.of(tenant, status));
  }
}
