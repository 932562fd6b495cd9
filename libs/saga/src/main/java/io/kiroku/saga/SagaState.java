package io.kiroku.saga;

import io.kiroku.saga.SagaTrigger.Phase;
import java.util.List;

/// Where one saga is. Everything it may still want to do it carries with it.
public sealed interface SagaState<C extends StepCommand> {
  /// What is left on the way it goes, the step it is at first.
  default List<String> remainingSteps() {
    return switch (this) {
      case Running<C>(var course) ->
          course.plan().stream().skip(course.index()).map(PlannedStep::step).toList();
      case Compensating<C>(var course, _, _) ->
          course.plan().stream()
              .limit(course.index() + 1L)
              .filter(step -> !step.compensations().isEmpty())
              .map(PlannedStep::step)
              .toList()
              .reversed();
      case Stuck<C> stuck -> stuck.at().remainingSteps();
      case NotStarted<C> _, Completed<C> _, Compensated<C> _ -> List.of();
    };
  }

  record NotStarted<C extends StepCommand>() implements SagaState<C> {}

  record Running<C extends StepCommand>(Course<C> course) implements SagaState<C> {}

  /// @param failedStep where it turned back, and `code` why
  record Compensating<C extends StepCommand>(Course<C> course, String failedStep, String code)
      implements SagaState<C> {}

  /// The plan is kept: what was completed can still be undone.
  record Completed<C extends StepCommand>(String sagaId, List<PlannedStep<C>> plan)
      implements SagaState<C> {
    public Completed {
      plan = List.copyOf(plan);
    }
  }

  record Compensated<C extends StepCommand>(String sagaId, String failedStep, String code)
      implements SagaState<C> {}

  /// Out of attempts. It sends and waits for nothing, but a late success still moves it on.
  ///
  /// @param at the [Running] or [Compensating] in which it got stuck
  record Stuck<C extends StepCommand>(SagaState<C> at, String step, Phase phase, String code)
      implements SagaState<C> {}
}
