package io.kiroku.fulfillment;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_EVENTS;
import static io.kiroku.samples.Samples.ORDER_PLACED;
import static io.kiroku.samples.Samples.PAYMENT_EVENTS;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.RETURN_REQUESTED;
import static io.kiroku.samples.Samples.SHIPMENT_EVENTS;
import static io.kiroku.samples.Samples.STOCK_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.inventory.AdjustmentReason;
import io.kiroku.inventory.StockEvent.StockAdjusted;
import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import io.kiroku.inventory.StockStep;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.ordering.OrderStep;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.payment.PaymentStep;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Abort;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.shared.Money;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCalledOff;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import io.kiroku.shipping.ShipmentStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TriggersTest {
  private static final String PRODUCT_PART = PRODUCT.toString();

  private final OrderFulfillment fulfillment = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
  private final Triggers triggers = fulfillment.triggers();

  @Test
  void a_placed_order_starts_its_saga() {
    assertThat(triggers.of(ORDER_PLACED))
        .contains(new Start<>(ORDER.toString(), fulfillment.plan(ORDER_PLACED), AT));
  }

  @Test
  void trap_1_every_fact_finds_the_saga_of_its_order() {
    assertThat(ids()).hasSize(44).allMatch(id -> id.equals(Optional.of(ORDER.toString())));
    assertThat(SagaIds.of(new StockReceived(PRODUCT, 1, AT))).isEmpty();
    assertThat(SagaIds.of(new StockAdjusted(PRODUCT, 1, AdjustmentReason.FOUND, "found", AT)))
        .isEmpty();
    assertThat(SagaIds.of(new StockLow(PRODUCT, 1, 10, AT))).isEmpty();
    assertThat(SagaIds.of(new StockOut(PRODUCT, AT))).isEmpty();
  }

  @Test
  void trap_1_every_answer_is_about_a_step_and_a_part_that_the_plan_has() {
    List<PlannedStep<FulfillmentCommand>> plan = fulfillment.plan(ORDER_PLACED);
    assertThat(everyTrigger().filter(t -> !(t instanceof Start)).toList())
        .hasSize(23)
        .allMatch(trigger -> isPlanned(plan, trigger));
  }

  @Test
  void an_answer_is_understood_by_what_it_says() {
    assertThat(triggers.of(new PaymentCaptured(ORDER, Money.yen(1), "pay", AT)))
        .contains(new Succeeded<>(Steps.PROCESS_PAYMENT, FORWARD, "order", AT));
    assertThat(triggers.of(new PaymentDeclined(ORDER, "FRAUD_SUSPECTED", AT)))
        .contains(new Failed<>(Steps.PROCESS_PAYMENT, FORWARD, "order", "FRAUD_SUSPECTED", AT));
    assertThat(triggers.of(new PaymentVoided(ORDER, AT)))
        .contains(new Succeeded<>(Steps.PROCESS_PAYMENT, COMPENSATION, "order", AT));
    assertThat(triggers.of(new StockReturned(PRODUCT, ORDER, 0, AT)))
        .contains(new Succeeded<>(Steps.COMMIT_STOCK, COMPENSATION, PRODUCT_PART, AT));
  }

  @Test
  void a_capture_that_only_began_is_no_answer() {
    assertThat(triggers.of(new PaymentCaptureStarted(ORDER, Money.yen(1), AT))).isEmpty();
  }

  @Test
  void a_cancelled_order_ends_the_business_whoever_cancelled_it() {
    assertThat(triggers.of(new OrderCancelled(ORDER, "WHY", AT)))
        .contains(new Abort<>(Steps.ACCEPT_ORDER, "order", "WHY", AT));
  }

  @Test
  void an_order_that_failed_is_undone_like_a_cancelled_one() {
    assertThat(triggers.of(new OrderFailed(ORDER, "WHY", AT)))
        .contains(new Abort<>(Steps.ACCEPT_ORDER, "order", "WHY", AT));
  }

  @Test
  void trap_12_a_refused_cancellation_fails_the_compensation() {
    assertThat(triggers.of(new OrderCancellationRejected(ORDER, "ORDER_ALREADY_SHIPPED", AT)))
        .contains(
            new Failed<>(Steps.ACCEPT_ORDER, COMPENSATION, "order", "ORDER_ALREADY_SHIPPED", AT));
    assertThat(triggers.of(new ShipmentCancellationRejected(ORDER, "ON_ITS_WAY", AT)))
        .contains(new Failed<>(Steps.ARRANGE_SHIPPING, COMPENSATION, "order", "ON_ITS_WAY", AT));
  }

  @Test
  void a_draft_and_a_parcel_on_its_way_concern_no_fulfillment() {
    assertThat(triggers.of(new OrderDrafted(ORDER, "user-1", AT))).isEmpty();
    assertThat(triggers.of(new OrderDraftDiscarded(ORDER, AT))).isEmpty();
    assertThat(triggers.of(new OrderShipped(ORDER, "TRACK-1", AT))).isEmpty();
    assertThat(triggers.of(new OrderDelivered(ORDER, AT))).isEmpty();
    assertThat(triggers.of(new ShipmentDispatched(ORDER, "TRACK-1", AT))).isEmpty();
    assertThat(triggers.of(new ShipmentDelivered(ORDER, AT))).isEmpty();
  }

  @Test
  void trap_1_nothing_of_a_return_is_an_answer_to_the_fulfillment() {
    assertThat(triggers.of(RETURN_REQUESTED)).isEmpty();
    assertThat(triggers.of(new OrderReturned(ORDER, AT))).isEmpty();
    assertThat(triggers.of(new OrderReturnRefused(ORDER, "RETURN_EXPIRED", AT))).isEmpty();
    assertThat(triggers.of(new OrderStepRepeated(ORDER, OrderStep.COMPLETE_RETURN, AT))).isEmpty();
    assertThat(triggers.of(new OrderStepRepeated(ORDER, OrderStep.REFUSE_RETURN, AT))).isEmpty();
    assertThat(triggers.of(new ReturnedGoodsReceived(ORDER, AT))).isEmpty();
    assertThat(triggers.of(new ShipmentReturnCalledOff(ORDER, AT))).isEmpty();
    assertThat(triggers.of(new ShipmentStepRepeated(ORDER, ShipmentStep.CALL_OFF_RETURN, AT)))
        .isEmpty();
  }

  @Test
  void a_repetition_is_a_success() {
    for (StockStep step : StockStep.values()) {
      var trigger = triggers.of(new StockStepRepeated(PRODUCT, ORDER, step, AT));
      assertThat(trigger).containsInstanceOf(Succeeded.class);
    }
    assertThat(phase(triggers.of(new OrderStepRepeated(ORDER, OrderStep.CONFIRM, AT))))
        .isEqualTo(FORWARD);
    assertThat(phase(triggers.of(new OrderStepRepeated(ORDER, OrderStep.CANCEL, AT))))
        .isEqualTo(COMPENSATION);
    assertThat(phase(triggers.of(new PaymentStepRepeated(ORDER, PaymentStep.CAPTURE, AT))))
        .isEqualTo(FORWARD);
    assertThat(phase(triggers.of(new PaymentStepRepeated(ORDER, PaymentStep.REFUND, AT))))
        .isEqualTo(COMPENSATION);
    assertThat(phase(triggers.of(new ShipmentStepRepeated(ORDER, ShipmentStep.ARRANGE, AT))))
        .isEqualTo(FORWARD);
    assertThat(phase(triggers.of(new ShipmentStepRepeated(ORDER, ShipmentStep.CANCEL, AT))))
        .isEqualTo(COMPENSATION);
  }

  private static Phase phase(Optional<SagaTrigger<FulfillmentCommand>> trigger) {
    assertThat(trigger).containsInstanceOf(Succeeded.class);
    return ((Succeeded<FulfillmentCommand>) trigger.orElseThrow()).phase();
  }

  private Stream<SagaTrigger<FulfillmentCommand>> everyTrigger() {
    return Stream.of(
            ORDER_EVENTS.stream().map(triggers::of),
            STOCK_EVENTS.stream().map(triggers::of),
            PAYMENT_EVENTS.stream().map(triggers::of),
            SHIPMENT_EVENTS.stream().map(triggers::of))
        .flatMap(found -> found.flatMap(Optional::stream));
  }

  private static List<Optional<String>> ids() {
    return Stream.of(
            ORDER_EVENTS.stream().map(SagaIds::of),
            STOCK_EVENTS.stream().map(SagaIds::of).filter(Optional::isPresent),
            PAYMENT_EVENTS.stream().map(SagaIds::of),
            SHIPMENT_EVENTS.stream().map(SagaIds::of))
        .flatMap(found -> found)
        .toList();
  }

  private static boolean isPlanned(
      List<PlannedStep<FulfillmentCommand>> plan, SagaTrigger<FulfillmentCommand> trigger) {
    return switch (trigger) {
      case Succeeded<FulfillmentCommand>(var step, var phase, var part, _) ->
          has(plan, step, phase, part);
      case Failed<FulfillmentCommand>(var step, var phase, var part, _, _) ->
          has(plan, step, phase, part);
      case Abort<FulfillmentCommand>(var step, var part, _, _) ->
          has(plan, step, COMPENSATION, part);
      case Start<FulfillmentCommand> _,
          SagaTrigger.TimerFired<FulfillmentCommand> _,
          SagaTrigger.Intervention<FulfillmentCommand> _ ->
          false;
    };
  }

  private static boolean has(
      List<PlannedStep<FulfillmentCommand>> plan, String step, Phase phase, String part) {
    return plan.stream()
        .filter(planned -> planned.step().equals(step))
        .flatMap(p -> (phase == FORWARD ? p.commands() : p.compensations()).stream())
        .anyMatch(command -> command.part().equals(part));
  }
}
