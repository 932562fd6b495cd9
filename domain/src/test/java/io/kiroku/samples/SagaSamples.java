package io.kiroku.samples;

import static io.kiroku.fulfillment.Steps.PROCESS_PAYMENT;
import static io.kiroku.fulfillment.Steps.RESERVE_INVENTORY;
import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_PLACED;
import static io.kiroku.samples.Samples.PRODUCT;

import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.FulfillmentCommand.ReserveStock;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import java.time.Instant;
import java.util.List;

/// The events of a saga, with commands of every kind in its plan.
public final class SagaSamples {
  private static final String SAGA = ORDER.toString();
  private static final String PART = PRODUCT.toString();
  private static final Instant LATER = AT.plusSeconds(30);
  private static final String CODE = "PROVIDER_UNAVAILABLE";

  public static final List<SagaEvent<FulfillmentCommand>> EVENTS =
      List.of(
          new SagaStarted<>(
              SAGA,
              OrderFulfillment.NAME,
              new OrderFulfillment(FulfillmentSettings.DEFAULTS).plan(ORDER_PLACED),
              AT.plusSeconds(600),
              AT),
          new StepRequested<>(
              SAGA,
              RESERVE_INVENTORY,
              1,
              List.of(new ReserveStock(ORDER, PRODUCT, 2, AT.plusSeconds(900))),
              LATER,
              AT),
          new StepPartCompleted<>(SAGA, RESERVE_INVENTORY, FORWARD, PART, AT),
          new StepCompleted<>(SAGA, RESERVE_INVENTORY, 1, AT),
          new StepFailed<>(SAGA, PROCESS_PAYMENT, 1, CODE, true, AT),
          new StepTimedOut<>(SAGA, PROCESS_PAYMENT, 1, AT),
          new RetryScheduled<>(SAGA, PROCESS_PAYMENT, FORWARD, 2, LATER, AT),
          new CompensationRequested<>(
              SAGA,
              PROCESS_PAYMENT,
              1,
              List.of(new RefundPayment(ORDER)),
              PROCESS_PAYMENT,
              CODE,
              LATER,
              AT),
          new CompensationCompleted<>(SAGA, PROCESS_PAYMENT, 1, AT),
          new CompensationFailed<>(SAGA, PROCESS_PAYMENT, 1, "STEP_TIMED_OUT", AT),
          new SagaCompleted<>(SAGA, AT),
          new SagaCompensated<>(SAGA, PROCESS_PAYMENT, CODE, AT),
          new SagaStuck<>(SAGA, PROCESS_PAYMENT, COMPENSATION, "STEP_TIMED_OUT", AT),
          new OperatorIntervened<>(
              SAGA, PROCESS_PAYMENT, COMPENSATION, "RETRY", "operator-1", "provider is back", AT));

  private SagaSamples() {}
}
