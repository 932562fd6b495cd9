package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

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
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.NotStarted;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger.Phase;
import java.util.List;
import java.util.function.UnaryOperator;

/// Folds a saga's history. An event that does not fit the state before it changes nothing: history
/// may have been written by other versions of this code, and folding never fails.
final class SagaHistory {
  private SagaHistory() {}

  static <C extends StepCommand> SagaState<C> evolve(SagaState<C> state, SagaEvent<C> event) {
    return switch (event) {
      case SagaStarted<C> e -> new Running<>(Course.at(e.sagaId(), e.plan(), 0));
      case StepRequested<C> e -> onCourse(awake(state), FORWARD, c -> c.requested(e.attempt()));
      case StepPartCompleted<C> e -> onCourse(state, e.phase(), c -> c.partDone(e.part()));
      case StepCompleted<C> _ -> onCourse(awake(state), FORWARD, c -> c.moved(c.index() + 1));
      case StepFailed<C> _ -> state; // what follows from it is recorded beside it
      case StepTimedOut<C> _ -> state;
      case RetryScheduled<C> e -> onCourse(awake(state), e.phase(), Course::retryScheduled);
      case CompensationRequested<C> e -> compensating(awake(state), e);
      case CompensationCompleted<C> _ ->
          onCourse(awake(state), COMPENSATION, c -> c.moved(c.index() - 1));
      case CompensationFailed<C> _ -> state;
      case SagaCompleted<C> e -> new Completed<>(e.sagaId(), planOf(state));
      case SagaCompensated<C> e -> new Compensated<>(e.sagaId(), e.failedStep(), e.code());
      case SagaStuck<C> e -> new Stuck<>(awake(state), e.step(), e.phase(), e.code());
      case OperatorIntervened<C> _ -> state;
    };
  }

  /// A stuck saga that something new is recorded of is on its way again.
  private static <C extends StepCommand> SagaState<C> awake(SagaState<C> state) {
    return state instanceof Stuck<C> stuck ? stuck.at() : state;
  }

  private static <C extends StepCommand> SagaState<C> onCourse(
      SagaState<C> state, Phase phase, UnaryOperator<Course<C>> change) {
    return switch (state) {
      case Running<C>(var course) when phase == FORWARD -> new Running<>(change.apply(course));
      case Compensating<C>(var course, var failedStep, var code) when phase == COMPENSATION ->
          new Compensating<>(change.apply(course), failedStep, code);
      case Stuck<C> s ->
          new Stuck<>(onCourse(s.at(), phase, change), s.step(), s.phase(), s.code());
      case Running<C> _, Compensating<C> _ -> state;
      case NotStarted<C> _, Completed<C> _, Compensated<C> _ -> state;
    };
  }

  /// A further attempt of the same step remembers the parts that are done; anything else begins
  /// anew, so that parts done on the way forward do not count as undone.
  private static <C extends StepCommand> SagaState<C> compensating(
      SagaState<C> state, CompensationRequested<C> e) {
    Course<C> course =
        state instanceof Compensating<C> c && c.course().stepNamed(e.step()).isPresent()
            ? c.course()
            : begin(Course.at(e.sagaId(), planOf(state), 0), e.step());
    return new Compensating<>(course.requested(e.attempt()), e.failedStep(), e.code());
  }

  private static <C extends StepCommand> Course<C> begin(Course<C> course, String step) {
    return course.moved(course.indexOf(step));
  }

  private static <C extends StepCommand> List<PlannedStep<C>> planOf(SagaState<C> state) {
    return switch (state) {
      case Running<C>(var course) -> course.plan();
      case Compensating<C>(var course, _, _) -> course.plan();
      case Completed<C>(_, var plan) -> plan;
      case Stuck<C> stuck -> planOf(stuck.at());
      case NotStarted<C> _, Compensated<C> _ -> List.of();
    };
  }
}
