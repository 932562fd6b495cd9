package io.kiroku.query.order;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.projection.Change;
import io.kiroku.query.order.FulfillmentPart.Step;
import io.kiroku.query.running.Part;
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
import org.jspecify.annotations.Nullable;

final class FulfillmentContribution extends Part<FulfillmentPart, SagaEvent<FulfillmentCommand>> {
  static final String CATEGORY = "fulfillment";
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, FulfillmentCommand.class);

  FulfillmentContribution() {
    super(CATEGORY, FulfillmentPart.class, TYPES);
  }

  @Override
  public Change<FulfillmentPart> apply(
      @Nullable FulfillmentPart document, Recorded<SagaEvent<FulfillmentCommand>> recorded) {
    FulfillmentPart saga = document == null ? FulfillmentPart.NONE : document;
    return switch (recorded.event()) {
      case SagaStarted<FulfillmentCommand> e -> Change.upsert(started(e));
      case StepRequested<FulfillmentCommand> e ->
          Change.upsert(saga.with(e.step(), step -> step.requested(e.attempt(), e.at())));
      case StepCompleted<FulfillmentCommand> e ->
          Change.upsert(saga.with(e.step(), step -> step.completed(e.at())));
      case StepFailed<FulfillmentCommand> e ->
          Change.upsert(saga.with(e.step(), step -> step.in("FAILED")));
      case StepTimedOut<FulfillmentCommand> e ->
          Change.upsert(saga.with(e.step(), step -> step.in("FAILED")));
      case CompensationRequested<FulfillmentCommand> e ->
          Change.upsert(
              saga.with(e.step(), step -> step.in("COMPENSATING")).in("COMPENSATING", e.code()));
      case CompensationCompleted<FulfillmentCommand> e ->
          Change.upsert(saga.with(e.step(), step -> step.in("COMPENSATED")));
      case SagaCompleted<FulfillmentCommand> _ -> Change.upsert(saga.in("COMPLETED", ""));
      case SagaCompensated<FulfillmentCommand> e -> Change.upsert(saga.in("COMPENSATED", e.code()));
      case SagaStuck<FulfillmentCommand> e -> Change.upsert(saga.in("STUCK", e.code()));
      case OperatorIntervened<FulfillmentCommand> e ->
          e.redrives() ? Change.unchanged() : Change.upsert(movedOn(saga, e));
      case StepPartCompleted<FulfillmentCommand> _,
          RetryScheduled<FulfillmentCommand> _,
          CompensationFailed<FulfillmentCommand> _ ->
          Change.unchanged();
    };
  }

  private static FulfillmentPart started(SagaStarted<FulfillmentCommand> e) {
    return new FulfillmentPart(
        "RUNNING",
        e.plan().stream()
            .map(planned -> new Step(planned.step(), "PENDING", 0, null, null))
            .toList(),
        "");
  }

  private static FulfillmentPart movedOn(
      FulfillmentPart saga, OperatorIntervened<FulfillmentCommand> e) {
    return switch (e.phase()) {
      case FORWARD -> saga.in("RUNNING", saga.code());
      case COMPENSATION -> saga.in("COMPENSATING", saga.code());
    };
  }
}
