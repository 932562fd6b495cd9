package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.decider.Decision;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.NotStarted;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger.Phase;
import java.util.Optional;

/// Whether a command may be sent again. The saga must be at the command's step and on its way;
/// which attempt it was does not matter, since success of any attempt completes the step.
final class Redrives {
  private Redrives() {}

  static <C extends StepCommand> Decision<SagaEvent<C>> decide(Redrive order, SagaState<C> state) {
    if (state instanceof NotStarted<C>) {
      return Decision.reject(OperatorRejection.SAGA_NOT_FOUND);
    }
    Optional<String> overtaken = overtaken(order.step(), order.phase(), state);
    return overtaken.isPresent() && !order.force()
        ? Decision.reject(new Overtaken(overtaken.get()))
        : Decision.accept(
            new OperatorIntervened<>(
                order.sagaId(),
                order.step(),
                order.phase(),
                overtaken.isPresent() ? Redrive.ACTION_FORCED : Redrive.ACTION,
                order.actor(),
                order.reason(),
                order.at()));
  }

  /// What happened, if the saga does not wait for the command any more.
  static <C extends StepCommand> Optional<String> overtaken(
      String step, Phase phase, SagaState<C> state) {
    return switch (state) {
      case NotStarted<C> _ -> Optional.empty();
      case Running<C>(var course) ->
          waitsFor(step, phase, FORWARD, course, "The saga has gone on: " + step + " is done.");
      case Compensating<C>(var course, var failedStep, var code) ->
          waitsFor(
              step,
              phase,
              COMPENSATION,
              course,
              phase == FORWARD
                  ? "The saga goes back, since %s failed: %s.".formatted(failedStep, code)
                  : "The compensation of " + step + " is done.");
      case Completed<C> _ -> Optional.of("The saga has completed.");
      case Compensated<C>(_, var failedStep, var code) ->
          Optional.of(
              "The saga has ended, undone after %s failed: %s.".formatted(failedStep, code));
      case Stuck<C> stuck -> overtaken(step, phase, stuck.at());
    };
  }

  private static <C extends StepCommand> Optional<String> waitsFor(
      String step, Phase phase, Phase way, Course<C> course, String otherwise) {
    return phase == way && course.stepNamed(step).isPresent()
        ? Optional.empty()
        : Optional.of(otherwise);
  }
}
