package io.kiroku.query.saga;

import static io.kiroku.query.Told.AT;
import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.CancelOrder;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.CommitStock;
import io.kiroku.fulfillment.FulfillmentCommand.ConfirmOrder;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.FulfillmentCommand.ReturnStock;
import io.kiroku.fulfillment.Steps;
import io.kiroku.query.IndexGaps;
import io.kiroku.query.Told;
import io.kiroku.query.saga.SagaStepRun.Failure;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaCodes;
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
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SagaContributionTest {
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, FulfillmentCommand.class);
  private static final OrderId ORDER = new OrderId(new UUID(1, 1));
  private static final String ID = ORDER.toString();
  private static final ProductId TEA = new ProductId(new UUID(2, 1));
  private static final ProductId CUP = new ProductId(new UUID(2, 2));
  private static final String ACCEPT = Steps.ACCEPT_ORDER;
  private static final String PAY = Steps.PROCESS_PAYMENT;
  private static final String COMMIT = Steps.COMMIT_STOCK;
  private static final String CONFIRM = Steps.CONFIRM_ORDER;
  private static final Instant SOON = AT.plusSeconds(3);
  private static final Instant LATER = AT.plusSeconds(60);

  private final List<SagaEvent<FulfillmentCommand>> story = new ArrayList<>();

  private static SagaContribution<FulfillmentCommand> contribution() {
    return new SagaContribution<>("fulfillment", TYPES);
  }

  /// accept-order, process-payment, commit-stock of two products, confirm-order.
  private SagaContributionTest started() {
    story.add(
        new SagaStarted<>(
            ID,
            "order-fulfillment",
            List.of(
                new PlannedStep<>(ACCEPT, List.of(), List.of(new CancelOrder(ORDER))),
                new PlannedStep<>(
                    PAY, List.of(new CapturePayment(ORDER)), List.of(new RefundPayment(ORDER))),
                new PlannedStep<>(
                    COMMIT,
                    List.of(new CommitStock(ORDER, TEA), new CommitStock(ORDER, CUP)),
                    List.of(new ReturnStock(ORDER, TEA), new ReturnStock(ORDER, CUP))),
                new PlannedStep<>(CONFIRM, List.of(new ConfirmOrder(ORDER)), List.of())),
            LATER,
            AT));
    return and(new StepCompleted<>(ID, ACCEPT, 0, AT));
  }

  private SagaContributionTest and(SagaEvent<FulfillmentCommand> event) {
    story.add(event);
    return this;
  }

  private SagaContributionTest requested(String step, int attempt) {
    return and(new StepRequested<>(ID, step, attempt, List.of(), SOON, AT));
  }

  private SagaContributionTest turnedBack(String step, String failedStep) {
    return and(new CompensationRequested<>(ID, step, 1, List.of(), failedStep, "WHY", SOON, AT));
  }

  private SagaContributionTest undone(String step) {
    return and(new CompensationCompleted<>(ID, step, 1, SOON));
  }

  private SagaDocument shown() {
    return Told.to(contribution(), story);
  }

  private SagaStepRun forward(String step) {
    return step(step).forward();
  }

  private SagaStep step(String name) {
    return shown().steps().stream().filter(it -> it.step().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void from_the_start_all_that_is_planned_is_shown() {
    SagaDocument saga = started().shown();
    assertThat(saga)
        .returns("order-fulfillment", SagaDocument::saga)
        .returns("default", SagaDocument::tenant)
        .returns("RUNNING", SagaDocument::status)
        .returns(AT, SagaDocument::startedAt)
        .returns(AT.toEpochMilli(), SagaDocument::startedAtMillis)
        .returns(LATER, SagaDocument::deadline);
    assertThat(saga.remaining()).containsExactly(PAY, COMMIT, CONFIRM);
    assertThat(step(COMMIT).compensation()).isEqualTo(SagaStepRun.of(2));
    assertThat(step(CONFIRM).compensation()).isNull();
  }

  @Test
  void an_attempt_tells_when_it_is_given_up() {
    SagaDocument saga = started().requested(PAY, 1).shown();
    assertThat(saga).returns(PAY, SagaDocument::step).returns(1, SagaDocument::attempt);
    assertThat(forward(PAY))
        .returns("REQUESTED", SagaStepRun::status)
        .returns(AT, SagaStepRun::requestedAt)
        .returns(SOON, SagaStepRun::dueAt);
  }

  @Test
  void what_failed_is_told_with_its_code_and_the_next_attempt() {
    SagaDocument saga =
        started()
            .requested(PAY, 1)
            .and(new StepFailed<>(ID, PAY, 1, "PROVIDER_UNAVAILABLE", true, AT))
            .and(new RetryScheduled<>(ID, PAY, FORWARD, 2, SOON, AT))
            .shown();
    assertThat(saga)
        .returns("RUNNING", SagaDocument::status)
        .returns("PROVIDER_UNAVAILABLE", SagaDocument::code);
    assertThat(forward(PAY))
        .returns("WAITING", SagaStepRun::status)
        .returns(null, SagaStepRun::dueAt)
        .returns(SOON, SagaStepRun::retryAt);
    requested(PAY, 2).and(new StepTimedOut<>(ID, PAY, 2, SOON));
    assertThat(forward(PAY).failures())
        .containsExactly(
            new Failure(1, "PROVIDER_UNAVAILABLE", true, AT),
            new Failure(2, SagaCodes.STEP_TIMED_OUT, true, SOON));
    assertThat(forward(PAY)).returns("FAILED", SagaStepRun::status);
    requested(PAY, 3).and(new StepCompleted<>(ID, PAY, 3, LATER));
    assertThat(forward(PAY))
        .returns("COMPLETED", SagaStepRun::status)
        .returns(3, SagaStepRun::attempts)
        .returns(AT, SagaStepRun::requestedAt)
        .returns(LATER, SagaStepRun::completedAt)
        .returns(null, SagaStepRun::dueAt)
        .returns(null, SagaStepRun::retryAt);
  }

  @Test
  void of_a_step_with_several_parts_the_answers_are_counted() {
    started()
        .requested(COMMIT, 1)
        .and(new StepPartCompleted<>(ID, COMMIT, FORWARD, TEA.toString(), AT));
    assertThat(forward(COMMIT)).returns(2, SagaStepRun::parts).returns(1, SagaStepRun::partsDone);
    and(new StepCompleted<>(ID, COMMIT, 1, SOON));
    assertThat(forward(COMMIT)).returns(2, SagaStepRun::partsDone);
  }

  @Test
  void what_was_under_way_when_it_turned_back_was_given_up_and_may_have_been_done() {
    SagaDocument saga = started().requested(PAY, 1).turnedBack(PAY, PAY).shown();
    assertThat(saga)
        .returns("COMPENSATING", SagaDocument::status)
        .returns("WHY", SagaDocument::code)
        .returns(PAY, SagaDocument::failedStep)
        .returns(null, SagaDocument::deadline);
    assertThat(forward(PAY))
        .returns("GIVEN_UP", SagaStepRun::status)
        .returns(null, SagaStepRun::dueAt);
    assertThat(step(PAY).compensation())
        .returns("REQUESTED", SagaStepRun::status)
        .returns(SOON, SagaStepRun::dueAt);
  }

  @Test
  void on_the_way_back_what_is_left_is_what_is_to_be_undone() {
    started().requested(PAY, 1).and(new StepCompleted<>(ID, PAY, 1, AT)).requested(COMMIT, 1);
    assertThat(turnedBack(COMMIT, COMMIT).shown().remaining()).containsExactly(COMMIT, PAY, ACCEPT);
    assertThat(undone(COMMIT).shown().remaining()).containsExactly(PAY, ACCEPT);
    assertThat(turnedBack(PAY, COMMIT).shown().remaining()).containsExactly(PAY, ACCEPT);
    SagaDocument ended =
        undone(PAY)
            .turnedBack(ACCEPT, COMMIT)
            .undone(ACCEPT)
            .and(new SagaCompensated<>(ID, COMMIT, "WHY", LATER))
            .shown();
    assertThat(ended)
        .returns("COMPENSATED", SagaDocument::status)
        .returns(COMMIT, SagaDocument::step)
        .returns(LATER, SagaDocument::endedAt);
    assertThat(ended.remaining()).isEmpty();
  }

  @Test
  void trap_12_a_compensation_that_fails_is_shown_until_an_operator_has_moved_it_on() {
    started()
        .requested(PAY, 1)
        .turnedBack(PAY, PAY)
        .and(new CompensationFailed<>(ID, PAY, 1, "REFUND_FAILED", AT))
        .and(new SagaStuck<>(ID, PAY, COMPENSATION, "REFUND_FAILED", AT));
    assertThat(shown())
        .returns("STUCK", SagaDocument::status)
        .returns("REFUND_FAILED", SagaDocument::code);
    assertThat(shown().remaining()).containsExactly(PAY, ACCEPT);
    assertThat(step(PAY).compensation())
        .returns("FAILED", SagaStepRun::status)
        .returns(List.of(new Failure(1, "REFUND_FAILED", true, AT)), SagaStepRun::failures);
    intervened("COMPLETE_BY_HAND", COMPENSATION).undone(PAY);
    assertThat(shown()).returns("COMPENSATING", SagaDocument::status);
    assertThat(shown().remaining()).containsExactly(ACCEPT);
  }

  private SagaContributionTest intervened(String action, Phase phase) {
    return and(new OperatorIntervened<>(ID, PAY, phase, action, "staff", "why", SOON));
  }

  @Test
  void a_stuck_step_waits_for_nothing_and_can_be_tried_again() {
    started().requested(CONFIRM, 5).and(new SagaStuck<>(ID, CONFIRM, FORWARD, "GONE", SOON));
    assertThat(shown()).returns(null, SagaDocument::deadline);
    assertThat(forward(CONFIRM)).returns(null, SagaStepRun::dueAt);
    assertThat(shown().remaining()).containsExactly(PAY, COMMIT, CONFIRM);
    assertThat(requested(CONFIRM, 6).shown()).returns("RUNNING", SagaDocument::status);
  }

  @Test
  void a_command_that_an_operator_sends_again_moves_nothing() {
    SagaDocument before = started().and(new SagaCompleted<>(ID, AT)).shown();
    assertThat(before)
        .returns("COMPLETED", SagaDocument::status)
        .returns(AT, SagaDocument::endedAt);
    assertThat(intervened("REDRIVE_OVERTAKEN", FORWARD).shown()).isEqualTo(before.updated(SOON));
  }

  @Test
  void what_was_completed_can_still_be_turned_back() {
    SagaDocument saga =
        started().and(new SagaCompleted<>(ID, AT)).turnedBack(COMMIT, CONFIRM).shown();
    assertThat(saga)
        .returns("COMPENSATING", SagaDocument::status)
        .returns(null, SagaDocument::endedAt);
    assertThat(saga.remaining()).containsExactly(COMMIT, PAY, ACCEPT);
  }

  @Test
  void only_the_latest_failures_are_kept() {
    started();
    for (int attempt = 1; attempt <= 60; attempt++) {
      and(new StepFailed<>(ID, PAY, attempt, "PROVIDER_UNAVAILABLE", true, AT));
    }
    assertThat(forward(PAY).failures()).hasSize(50).last().returns(60, Failure::attempt);
  }

  @Test
  void no_saga_begins_in_the_middle() {
    requested(PAY, 1);
    assertThatThrownBy(this::shown).isInstanceOf(NullPointerException.class);
  }

  @Test
  void sagas_of_two_kinds_with_one_id_are_two_documents() {
    StreamId stream = StreamId.of("fulfillment", ID);
    assertThat(contribution().stream(contribution().key(stream))).contains(stream);
    assertThat(contribution().stream("return-" + ID)).isEmpty();
  }

  @Test
  void every_filter_and_sort_of_sagas_has_its_index() {
    assertThat(IndexGaps.of(SagaListing.DECLARED, new SagaProjection().indexes())).isEmpty();
  }
}
