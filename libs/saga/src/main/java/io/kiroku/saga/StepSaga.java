package io.kiroku.saga;

import io.kiroku.decider.Decision;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.NotStarted;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger.Abort;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.SagaTrigger.TimerFired;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A saga that does the steps of its plan one after the other, and undoes them backwards if it
/// cannot. It knows nothing of what the steps do: a running saga carries its own plan.
///
/// It never fails, whatever the history and the trigger: what does not fit changes nothing.
public final class StepSaga<C extends StepCommand>
    implements Saga<SagaTrigger<C>, SagaState<C>, SagaEvent<C>, C> {
  private final String name;
  private final Duration deadline;
  private final Backward<C> backward;
  private final Forward<C> forward;
  private final Interventions<C> interventions;

  /// @param deadline how long the way forward may take; there is none over compensation
  public StepSaga(
      String name, List<StepPolicy> policies, Duration deadline, CompensationPolicy compensation) {
    this.name = name;
    this.deadline = deadline;
    this.backward = new Backward<>(compensation);
    StepPolicies byStep = new StepPolicies(policies);
    this.forward = new Forward<>(byStep, backward);
    this.interventions = new Interventions<>(byStep, forward, backward);
  }

  @Override
  public SagaState<C> initial() {
    return new NotStarted<>();
  }

  /// What follows from an operator's order, or why he may not; what [#decide] gives for it too.
  public Decision<SagaEvent<C>> intervene(Intervention<C> order, SagaState<C> state) {
    return interventions.decide(order, state);
  }

  /// The record of a command that is sent again, or why it must not be: [Overtaken], if the saga
  /// does not wait for it any more.
  public Decision<SagaEvent<C>> redrive(Redrive order, SagaState<C> state) {
    return Redrives.decide(order, state);
  }

  /// Whether a saga still waits for what it asked for in a step, on the way that `phase` says;
  /// which attempt it was does not matter.
  public boolean waitsFor(String step, Phase phase, SagaState<C> state) {
    return !(state instanceof NotStarted<C>) && Redrives.overtaken(step, phase, state).isEmpty();
  }

  @Override
  public List<SagaEvent<C>> decide(SagaTrigger<C> trigger, SagaState<C> state) {
    if (trigger instanceof Intervention<C> order) {
      return intervene(order, state) instanceof Accepted<SagaEvent<C>>(var events)
          ? events
          : List.of();
    }
    return switch (state) {
      case NotStarted<C> _ -> trigger instanceof Start<C> start ? start(start) : List.of();
      case Running<C>(var course) -> running(trigger, course);
      case Compensating<C> back -> compensating(trigger, back);
      case Completed<C>(var sagaId, var plan) ->
          trigger instanceof Abort<C> abort
              ? abort(abort, Course.at(sagaId, plan, plan.size()))
              : List.of();
      case Compensated<C> _ -> List.of();
      case Stuck<C> stuck -> stuck(trigger, stuck);
    };
  }

  @Override
  public SagaState<C> evolve(SagaState<C> state, SagaEvent<C> event) {
    return SagaHistory.evolve(state, event);
  }

  @Override
  public List<Effect<C>> effects(SagaEvent<C> event) {
    return SagaEffects.of(event);
  }

  private List<SagaEvent<C>> start(Start<C> start) {
    var at = start.at();
    List<SagaEvent<C>> events = new ArrayList<>();
    events.add(new SagaStarted<>(start.sagaId(), name, start.plan(), at.plus(deadline), at));
    events.addAll(forward.enter(Course.at(start.sagaId(), start.plan(), 0), 0, at));
    return List.copyOf(events);
  }

  private List<SagaEvent<C>> running(SagaTrigger<C> trigger, Course<C> course) {
    return switch (trigger) {
      case Start<C> _, Intervention<C> _ -> List.of();
      case Succeeded<C> answer -> forward.succeeded(answer, course);
      case Failed<C> answer -> forward.failed(answer, course);
      case TimerFired<C> timer -> forward.timerFired(timer, course);
      case Abort<C> abort -> abort(abort, course);
    };
  }

  private List<SagaEvent<C>> compensating(SagaTrigger<C> trigger, Compensating<C> state) {
    return switch (trigger) {
      case Start<C> _, Intervention<C> _ -> List.of();
      case Succeeded<C>(var step, var phase, var part, var at) ->
          backward.succeeded(step, phase, part, state, at);
      case Failed<C> answer -> backward.failed(answer, state);
      case TimerFired<C> timer -> backward.timerFired(timer, state);
      case Abort<C>(var step, var part, _, var at) ->
          backward.succeeded(step, Phase.COMPENSATION, part, state, at);
    };
  }

  /// Failures and timers have nothing left to try; successes and the end of the business count.
  private List<SagaEvent<C>> stuck(SagaTrigger<C> trigger, Stuck<C> stuck) {
    return switch (trigger) {
      case Start<C> _, Failed<C> _, TimerFired<C> _, Intervention<C> _ -> List.of();
      case Succeeded<C> _, Abort<C> _ -> decide(trigger, stuck.at());
    };
  }

  /// Even past the pivot: the business has ended, so going forward can no longer succeed.
  private List<SagaEvent<C>> abort(Abort<C> abort, Course<C> course) {
    return backward.begin(course, abort.step(), abort.code(), abort.at());
  }
}
