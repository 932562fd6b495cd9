package io.kiroku.command.publisher;

import io.kiroku.saga.SagaCodes;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaTrigger.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an event changes in a saga's row; null means that it stays.
record SagaChange(
    @Nullable String status,
    @Nullable String step,
    @Nullable Integer attempt,
    @Nullable String code,
    Instant at) {
  static SagaChange by(SagaEvent<?> event) {
    Instant at = event.at();
    return switch (event) {
      case SagaEvent.SagaStarted<?> _ -> new SagaChange("RUNNING", null, null, null, at);
      case SagaEvent.StepRequested<?> e ->
          new SagaChange("RUNNING", e.step(), e.attempt(), null, at);
      case SagaEvent.StepFailed<?> e -> new SagaChange(null, e.step(), e.attempt(), e.code(), at);
      case SagaEvent.StepTimedOut<?> e ->
          new SagaChange(null, e.step(), e.attempt(), SagaCodes.STEP_TIMED_OUT, at);
      case SagaEvent.CompensationRequested<?> e ->
          new SagaChange("COMPENSATING", e.step(), e.attempt(), e.code(), at);
      case SagaEvent.CompensationFailed<?> e ->
          new SagaChange(null, e.step(), e.attempt(), e.code(), at);
      case SagaEvent.SagaCompleted<?> _ -> new SagaChange("COMPLETED", null, null, "", at);
      case SagaEvent.SagaCompensated<?> e ->
          new SagaChange("COMPENSATED", e.failedStep(), null, e.code(), at);
      case SagaEvent.SagaStuck<?> e -> new SagaChange("STUCK", e.step(), null, e.code(), at);
      case SagaEvent.OperatorIntervened<?> e when e.redrives() ->
          new SagaChange(null, null, null, null, at);
      case SagaEvent.OperatorIntervened<?> e ->
          new SagaChange(status(e.phase()), e.step(), null, null, at);
      case SagaEvent.StepPartCompleted<?> _,
          SagaEvent.StepCompleted<?> _,
          SagaEvent.RetryScheduled<?> _,
          SagaEvent.CompensationCompleted<?> _ ->
          new SagaChange(null, null, null, null, at);
    };
  }

  private static String status(Phase phase) {
    return switch (phase) {
      case FORWARD -> "RUNNING";
      case COMPENSATION -> "COMPENSATING";
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
