package io.kiroku.command.publisher;

import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.SagaEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an event changes in a saga's row; null means that it stays.
record SagaChange(
    @Nullable String status,
    @Nullable String step,
    @Nullable Integer attempt,
    @Nullable String code,
    Instant at) {
  static SagaChange by(SagaEvent<FulfillmentCommand> event) {
    Instant at = event.at();
    return switch (event) {
      case SagaEvent.SagaStarted<FulfillmentCommand> _ ->
          new SagaChange("RUNNING", null, null, null, at);
      case SagaEvent.StepRequested<FulfillmentCommand> e ->
          new SagaChange("RUNNING", e.step(), e.attempt(), null, at);
      case SagaEvent.StepFailed<FulfillmentCommand> e ->
          new SagaChange(null, e.step(), e.attempt(), e.code(), at);
      case SagaEvent.StepTimedOut<FulfillmentCommand> e ->
          new SagaChange(null, e.step(), e.attempt(), FulfillmentMessages.STEP_TIMED_OUT, at);
      case SagaEvent.CompensationRequested<FulfillmentCommand> e ->
          new SagaChange("COMPENSATING", e.step(), e.attempt(), e.code(), at);
      case SagaEvent.CompensationFailed<FulfillmentCommand> e ->
          new SagaChange(null, e.step(), e.attempt(), e.code(), at);
      case SagaEvent.SagaCompleted<FulfillmentCommand> _ ->
          new SagaChange("COMPLETED", null, null, "", at);
      case SagaEvent.SagaCompensated<FulfillmentCommand> e ->
          new SagaChange("COMPENSATED", e.failedStep(), null, e.code(), at);
      case SagaEvent.SagaStuck<FulfillmentCommand> e ->
          new SagaChange("STUCK", e.step(), null, e.code(), at);
      case SagaEvent.OperatorIntervened<FulfillmentCommand> e ->
          new SagaChange("RUNNING", e.step(), null, null, at);
      case SagaEvent.StepPartCompleted<FulfillmentCommand> _,
          SagaEvent.StepCompleted<FulfillmentCommand> _,
          SagaEvent.RetryScheduled<FulfillmentCommand> _,
          SagaEvent.CompensationCompleted<FulfillmentCommand> _ ->
          new SagaChange(null, null, null, null, at);
    };
  }

  /// Both, one after the other.
  SagaChange then(SagaChange later) {
    return new SagaChange(
        later.status != null ? later.status : status,
        later.step != null ? later.step : step,
        later.attempt != null ? later.attempt : attempt,
        later.code != null ? later.code : code,
        later.at);
  }
}
