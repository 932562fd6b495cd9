package io.kiroku.command.saga;

import io.kiroku.eventstore.Recorded;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.StepCommand;
import java.util.List;
import java.util.Optional;

/// What an event of a saga asked participants for.
record RequestedStep(String step, Phase phase) {
  /// Empty if there is no such event, or it asked for nothing.
  static <C extends StepCommand> Optional<RequestedStep> at(
      List<Recorded<SagaEvent<C>>> history, long revision) {
    return history.stream()
        .filter(recorded -> recorded.envelope().revision() == revision)
        .findFirst()
        .flatMap(recorded -> of(recorded.event()));
  }

  private static Optional<RequestedStep> of(SagaEvent<?> event) {
    return switch (event) {
      case SagaEvent.StepRequested<?> e -> Optional.of(new RequestedStep(e.step(), Phase.FORWARD));
      case SagaEvent.CompensationRequested<?> e ->
          Optional.of(new RequestedStep(e.step(), Phase.COMPENSATION));
      case SagaEvent.SagaStarted<?> _,
          SagaEvent.StepPartCompleted<?> _,
          SagaEvent.StepCompleted<?> _,
          SagaEvent.StepFailed<?> _,
          SagaEvent.StepTimedOut<?> _,
          SagaEvent.RetryScheduled<?> _,
          SagaEvent.CompensationCompleted<?> _,
          SagaEvent.CompensationFailed<?> _,
          SagaEvent.SagaCompleted<?> _,
          SagaEvent.SagaCompensated<?> _,
          SagaEvent.SagaStuck<?> _,
          SagaEvent.OperatorIntervened<?> _ ->
          Optional.empty();
    };
  }
}
