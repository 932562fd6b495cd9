package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;

import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.TimerFired;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The way back, over every step that was done or may have been done. Late answers from the way
/// forward change nothing: the compensation of their step covers them, before or after.
final class Backward<C extends StepCommand> {
  private final CompensationPolicy policy;

  Backward(CompensationPolicy policy) {
    this.policy = policy;
  }

  /// Compensates from the step that the course is at; the saga has to have asked for that step, or
  /// be past it.
  List<SagaEvent<C>> begin(Course<C> course, String failedStep, String code, Instant at) {
    for (int i = Math.min(course.index(), course.plan().size() - 1); i >= 0; i--) {
      PlannedStep<C> planned = course.plan().get(i);
      if (!planned.compensations().isEmpty()) {
        var there = new Compensating<>(course.moved(i), failedStep, code);
        return List.of(request(there, planned, 1, at));
      }
    }
    return List.of(new SagaCompensated<>(course.sagaId(), failedStep, code, at));
  }

  List<SagaEvent<C>> succeeded(
      String step, Phase phase, String part, Compensating<C> state, Instant at) {
    Course<C> course = state.course();
    var open = openParts(course, step);
    if (phase != COMPENSATION || !open.contains(part)) {
      return List.of();
    }
    if (open.size() > 1) {
      return List.of(new StepPartCompleted<>(course.sagaId(), step, COMPENSATION, part, at));
    }
    return done(state, at);
  }

  /// What follows when the step it is at is undone.
  List<SagaEvent<C>> done(Compensating<C> state, Instant at) {
    Course<C> course = state.course();
    String step = course.step().map(PlannedStep::step).orElse("");
    var done = new CompensationCompleted<C>(course.sagaId(), step, course.attempt(), at);
    var next = begin(course.moved(course.index() - 1), state.failedStep(), state.code(), at);
    return Stream.concat(Stream.of(done), next.stream()).toList();
  }

  /// One more attempt to undo the step it is at, for the parts that are open.
  List<SagaEvent<C>> again(Compensating<C> state, Instant at) {
    return state.course().step().stream()
        .map(planned -> request(state, planned, state.course().attempt() + 1, at))
        .toList();
  }

  /// No code is final here: what was done has to be undone.
  List<SagaEvent<C>> failed(Failed<C> answer, Compensating<C> state) {
    Course<C> course = state.course();
    boolean expected =
        answer.phase() == COMPENSATION
            && !course.waiting()
            && openParts(course, answer.step()).contains(answer.part());
    return expected ? retryOrStick(course, answer.step(), answer.code(), answer.at()) : List.of();
  }

  List<SagaEvent<C>> timerFired(TimerFired<C> timer, Compensating<C> state) {
    return state
        .course()
        .step()
        .map(planned -> timerOfStep(timer, planned, state))
        .orElse(List.of());
  }

  private List<SagaEvent<C>> timerOfStep(
      TimerFired<C> timer, PlannedStep<C> planned, Compensating<C> state) {
    String step = planned.step();
    int attempt = state.course().attempt();
    if (state.course().waiting()) {
      return timer.timer().equals(TimerNames.ofRetry(step, COMPENSATION, attempt + 1))
          ? List.of(request(state, planned, attempt + 1, timer.at()))
          : List.of();
    }
    return timer.timer().equals(TimerNames.ofAttempt(step, COMPENSATION, attempt))
        ? retryOrStick(state.course(), step, SagaCodes.STEP_TIMED_OUT, timer.at())
        : List.of();
  }

  private List<SagaEvent<C>> retryOrStick(Course<C> course, String step, String code, Instant at) {
    String id = course.sagaId();
    int attempt = course.attempt();
    var failure = new CompensationFailed<C>(id, step, attempt, code, at);
    if (attempt >= policy.attemptsMax()) {
      return List.of(failure, new SagaStuck<>(id, step, COMPENSATION, code, at));
    }
    Instant dueAt = at.plus(policy.backoff().delayAfter(id, step, attempt));
    return List.of(failure, new RetryScheduled<>(id, step, COMPENSATION, attempt + 1, dueAt, at));
  }

  private SagaEvent<C> request(
      Compensating<C> state, PlannedStep<C> planned, int attempt, Instant at) {
    return new CompensationRequested<>(
        state.course().sagaId(),
        planned.step(),
        attempt,
        state.course().open(planned.compensations()),
        state.failedStep(),
        state.code(),
        at.plus(policy.timeout()),
        at);
  }

  private List<String> openParts(Course<C> course, String step) {
    return course
        .stepNamed(step)
        .map(p -> course.open(p.compensations()).stream().map(StepCommand::part).toList())
        .orElse(List.of());
  }
}
