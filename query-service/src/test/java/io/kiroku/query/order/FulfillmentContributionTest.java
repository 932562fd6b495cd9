package io.kiroku.query.order;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.CancelOrder;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.query.Told;
import io.kiroku.query.order.FulfillmentPart.Step;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FulfillmentContributionTest {
  private static final OrderId ORDER = new OrderId(new UUID(1, 1));
  private static final String ID = ORDER.toString();
  private static final String PAY = Steps.PROCESS_PAYMENT;
  private static final Instant LATER = AT.plusSeconds(3);

  private static SagaEvent<FulfillmentCommand> started() {
    return new SagaStarted<>(
        ID,
        "order-fulfillment",
        List.of(
            new PlannedStep<>(Steps.ACCEPT_ORDER, List.of(), List.of(new CancelOrder(ORDER))),
            new PlannedStep<>(
                PAY, List.of(new CapturePayment(ORDER)), List.of(new RefundPayment(ORDER)))),
        LATER,
        AT);
  }

  private static SagaEvent<FulfillmentCommand> requested(int attempt, Instant at) {
    return new StepRequested<>(ID, PAY, attempt, List.of(new CapturePayment(ORDER)), LATER, at);
  }

  @SafeVarargs
  private static FulfillmentPart after(SagaEvent<FulfillmentCommand>... story) {
    return Told.to(new FulfillmentContribution(), story);
  }

  @Test
  void all_steps_are_shown_from_the_start() {
    assertThat(after(started()))
        .isEqualTo(
            new FulfillmentPart(
                "RUNNING",
                List.of(
                    new Step(Steps.ACCEPT_ORDER, "PENDING", 0, null, null),
                    new Step(PAY, "PENDING", 0, null, null)),
                ""));
  }

  @Test
  void a_command_that_an_operator_sends_again_moves_nothing() {
    FulfillmentPart ended = after(started(), new SagaCompleted<>(ID, LATER));
    assertThat(
            after(
                started(),
                new SagaCompleted<>(ID, LATER),
                new OperatorIntervened<>(
                    ID, PAY, Phase.FORWARD, "REDRIVE_OVERTAKEN", "staff", "why", LATER)))
        .isEqualTo(ended);
  }

  @Test
  void a_step_counts_its_attempts_from_its_first_request() {
    FulfillmentPart done =
        after(
            started(),
            requested(1, AT),
            new StepFailed<>(ID, PAY, 1, "PROVIDER_UNAVAILABLE", true, AT),
            requested(2, LATER),
            new StepCompleted<>(ID, PAY, 2, LATER),
            new SagaCompleted<>(ID, LATER));

    assertThat(done.status()).isEqualTo("COMPLETED");
    assertThat(done.steps()).contains(new Step(PAY, "COMPLETED", 2, AT, LATER));
  }

  @Test
  void a_step_that_timed_out_has_failed() {
    assertThat(after(started(), requested(1, AT), new StepTimedOut<>(ID, PAY, 1, LATER)).steps())
        .contains(new Step(PAY, "FAILED", 1, AT, null));
  }

  @Test
  void the_way_back_shows_why_and_how_far() {
    FulfillmentPart back =
        after(
            started(),
            requested(1, AT),
            new StepFailed<>(ID, PAY, 1, "FRAUD_SUSPECTED", false, AT),
            new CompensationRequested<>(
                ID, PAY, 1, List.of(new RefundPayment(ORDER)), PAY, "FRAUD_SUSPECTED", LATER, AT));
    assertThat(back.status()).isEqualTo("COMPENSATING");
    assertThat(back.code()).isEqualTo("FRAUD_SUSPECTED");
    assertThat(back.steps()).contains(new Step(PAY, "COMPENSATING", 1, AT, null));

    FulfillmentPart undone =
        after(
            started(),
            requested(1, AT),
            new CompensationCompleted<>(ID, PAY, 1, LATER),
            new SagaCompensated<>(ID, PAY, "FRAUD_SUSPECTED", LATER));
    assertThat(undone.status()).isEqualTo("COMPENSATED");
    assertThat(undone.steps()).contains(new Step(PAY, "COMPENSATED", 1, AT, null));
  }

  @Test
  void a_stuck_process_says_so() {
    assertThat(
            after(started(), new SagaStuck<>(ID, PAY, Phase.COMPENSATION, "REFUND_FAILED", LATER)))
        .satisfies(stuck -> {
          assertThat(stuck.status()).isEqualTo("STUCK");
          assertThat(stuck.code()).isEqualTo("REFUND_FAILED");
        });
  }
}
