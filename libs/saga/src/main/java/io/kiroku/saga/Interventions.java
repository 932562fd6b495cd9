package io.kiroku.saga;

import static io.kiroku.saga.OperatorRejection.SAGA_ALREADY_COMPENSATING;
import static io.kiroku.saga.OperatorRejection.SAGA_AT_ANOTHER_STEP;
import static io.kiroku.saga.OperatorRejection.SAGA_ENDED;
import static io.kiroku.saga.OperatorRejection.SAGA_NOT_COMPENSATING;
import static io.kiroku.saga.OperatorRejection.SAGA_NOT_FOUND;
import static io.kiroku.saga.OperatorRejection.SAGA_NOT_STUCK;
import static io.kiroku.saga.OperatorRejection.SAGA_PAST_PIVOT;
import static io.kiroku.saga.OperatorRejection.SAGA_STEP_NOT_FOUND;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.decider.Decision;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.NotStarted;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.Phase;
import java.util.List;
import java.util.stream.Stream;

/// What operators do to sagas. The intervention itself is recorded first, then what follows from
/// it, in the same events that the saga would have recorded by itself.
final class Interventions<C extends StepCommand> {
  private final StepPolicies policies;
  private final Forward<C> forward;
  private final Backward<C> backward;

  Interventions(StepPolicies policies, Forward<C> forward, Backward<C> backward) {
    this.policies = policies;
    this.forward = forward;
    this.backward = backward;
  }

  Decision<SagaEvent<C>> decide(Intervention<C> order, SagaState<C> state) {
    return switch (state) {
      case NotStarted<C> _ -> Decision.reject(SAGA_NOT_FOUND);
      case Completed<C> _, Compensated<C> _ -> Decision.reject(SAGA_ENDED);
      case Running<C>(var course) ->
          switch (order.action()) {
            case CANCEL -> cancel(order, course);
            case RETRY, SKIP, COMPLETE_BY_HAND -> Decision.reject(SAGA_NOT_STUCK);
          };
      case Compensating<C> _ ->
          switch (order.action()) {
            case CANCEL -> Decision.reject(SAGA_ALREADY_COMPENSATING);
            case RETRY, SKIP, COMPLETE_BY_HAND -> Decision.reject(SAGA_NOT_STUCK);
          };
      case Stuck<C> stuck -> stuck(order, stuck);
    };
  }

  private Decision<SagaEvent<C>> cancel(Intervention<C> order, Course<C> course) {
    if (policies.pivotRequested(course)) {
      return Decision.reject(SAGA_PAST_PIVOT);
    }
    String step = course.step().map(PlannedStep::step).orElse("");
    return intervened(
        course.sagaId(),
        order,
        step,
        FORWARD,
        backward.begin(course, step, SagaCodes.CANCELLED_BY_OPERATOR, order.at()));
  }

  private Decision<SagaEvent<C>> stuck(Intervention<C> order, Stuck<C> stuck) {
    return switch (stuck.at()) {
      case Running<C>(var course) -> stuckForward(order, course);
      case Compensating<C> back -> stuckBackward(order, back);
      // No saga gets stuck before its start, after its end, or twice.
      case NotStarted<C> _, Completed<C> _, Compensated<C> _, Stuck<C> _ ->
          Decision.reject(SAGA_NOT_STUCK);
    };
  }

  private Decision<SagaEvent<C>> stuckForward(Intervention<C> order, Course<C> course) {
    return switch (order.action()) {
      case CANCEL -> Decision.reject(SAGA_PAST_PIVOT);
      case COMPLETE_BY_HAND -> Decision.reject(SAGA_NOT_COMPENSATING);
      case RETRY -> atItsStep(order, course, FORWARD, forward.again(course, order.at()));
      case SKIP -> atItsStep(order, course, FORWARD, forward.done(course, order.at()));
    };
  }

  private Decision<SagaEvent<C>> stuckBackward(Intervention<C> order, Compensating<C> back) {
    Course<C> course = back.course();
    return switch (order.action()) {
      case CANCEL -> Decision.reject(SAGA_ALREADY_COMPENSATING);
      case RETRY -> atItsStep(order, course, Phase.COMPENSATION, backward.again(back, order.at()));
      case SKIP, COMPLETE_BY_HAND ->
          atItsStep(order, course, Phase.COMPENSATION, backward.done(back, order.at()));
    };
  }

  /// An operator names the step, so that he acts on what he saw.
  private static <C extends StepCommand> Decision<SagaEvent<C>> atItsStep(
      Intervention<C> order, Course<C> course, Phase phase, List<SagaEvent<C>> consequences) {
    if (course.stepNamed(order.step()).isPresent()) {
      return intervened(course.sagaId(), order, order.step(), phase, consequences);
    }
    boolean planned = course.plan().stream().anyMatch(step -> step.step().equals(order.step()));
    return Decision.reject(planned ? SAGA_AT_ANOTHER_STEP : SAGA_STEP_NOT_FOUND);
  }

  private static <C extends StepCommand> Decision<SagaEvent<C>> intervened(
      String sagaId,
      Intervention<C> order,
      String step,
      Phase phase,
      List<SagaEvent<C>> consequences) {
    var fact =
        new OperatorIntervened<C>(
            sagaId, step, phase, order.action().name(), order.actor(), order.reason(), order.at());
    return Decision.accept(Stream.concat(Stream.of(fact), consequences.stream()).toList());
  }
}
