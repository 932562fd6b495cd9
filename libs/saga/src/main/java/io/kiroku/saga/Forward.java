package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.SagaTrigger.TimerFired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The way from the first step to the last. Answers for any other step than the present one change
/// nothing: an earlier step is done, whichever of its attempts was answered.
final class Forward<C extends StepCommand> {
  private final StepPolicies policies;
  private final Backward<C> backward;

  Forward(StepPolicies policies, Backward<C> backward) {
    this.policies = policies;
    this.backward = backward;
  }

  /// Requests the first step from `index` on that has anything to send; those before it are done by
  /// starting.
  List<SagaEvent<C>> enter(Course<C> course, int index, Instant at) {
    List<SagaEvent<C>> events = new ArrayList<>();
    for (int i = index; i < course.plan().size(); i++) {
      PlannedStep<C> step = course.plan().get(i);
      if (!step.commands().isEmpty()) {
        events.add(request(course.sagaId(), step.step(), 1, step.commands(), at));
        return events;
      }
      events.add(new StepCompleted<>(course.sagaId(), step.step(), 0, at));
    }
    events.add(new SagaCompleted<>(course.sagaId(), at));
    return events;
  }

  List<SagaEvent<C>> succeeded(Succeeded<C> answer, Course<C> course) {
    var open = openParts(course, answer.step());
    if (answer.phase() != FORWARD || !open.contains(answer.part())) {
      return List.of();
    }
    String id = course.sagaId();
    if (open.size() > 1) {
      return List.of(
          new StepPartCompleted<>(id, answer.step(), FORWARD, answer.part(), answer.at()));
    }
    return done(course, answer.at());
  }

  /// What follows when the step it is at is done.
  List<SagaEvent<C>> done(Course<C> course, Instant at) {
    String step = course.step().map(PlannedStep::step).orElse("");
    return concat(
        new StepCompleted<>(course.sagaId(), step, course.attempt(), at),
        enter(course, course.index() + 1, at));
  }

  /// One more attempt of the step it is at, for the parts that are open.
  List<SagaEvent<C>> again(Course<C> course, Instant at) {
    return course.step().stream().map(step -> requestAgain(course, step, at)).toList();
  }

  /// One part that can never succeed ends the step at once, even between two attempts. One that may
  /// ends the attempt; between two attempts it ends nothing, for that attempt is over.
  List<SagaEvent<C>> failed(Failed<C> answer, Course<C> course) {
    if (answer.phase() != FORWARD || !openParts(course, answer.step()).contains(answer.part())) {
      return List.of();
    }
    StepPolicy policy = policies.of(answer.step());
    boolean retryable = !policy.neverRetried().contains(answer.code());
    if (retryable && course.waiting()) {
      return List.of();
    }
    var failure =
        new StepFailed<C>(
            course.sagaId(),
            answer.step(),
            course.attempt(),
            answer.code(),
            retryable,
            answer.at());
    return retryable
        ? retryOrGiveUp(failure, course, policy, answer.code(), answer.at())
        : concat(failure, giveUp(course, policy.step(), answer.code(), answer.at()));
  }

  List<SagaEvent<C>> timerFired(TimerFired<C> timer, Course<C> course) {
    if (timer.timer().equals(TimerNames.DEADLINE)) {
      return policies.pivotRequested(course)
          ? List.of()
          : turnBack(course, SagaCodes.SAGA_DEADLINE_EXCEEDED, timer.at());
    }
    return course.step().map(step -> timerOfStep(timer, step, course)).orElse(List.of());
  }

  private List<SagaEvent<C>> timerOfStep(
      TimerFired<C> timer, PlannedStep<C> planned, Course<C> course) {
    String step = planned.step();
    int attempt = course.attempt();
    if (course.waiting()) {
      return timer.timer().equals(TimerNames.ofRetry(step, FORWARD, attempt + 1))
          ? List.of(requestAgain(course, planned, timer.at()))
          : List.of();
    }
    if (!timer.timer().equals(TimerNames.ofAttempt(step, FORWARD, attempt))) {
      return List.of();
    }
    var failure = new StepTimedOut<C>(course.sagaId(), step, attempt, timer.at());
    return retryOrGiveUp(failure, course, policies.of(step), SagaCodes.STEP_TIMED_OUT, timer.at());
  }

  private List<SagaEvent<C>> retryOrGiveUp(
      SagaEvent<C> failure, Course<C> course, StepPolicy policy, String code, Instant at) {
    int attempt = course.attempt();
    if (attempt >= policy.attemptsMax()) {
      return concat(failure, giveUp(course, policy.step(), code, at));
    }
    Instant dueAt = at.plus(policy.backoff().delayAfter(course.sagaId(), policy.step(), attempt));
    return List.of(
        failure,
        new RetryScheduled<>(course.sagaId(), policy.step(), FORWARD, attempt + 1, dueAt, at));
  }

  private SagaEvent<C> requestAgain(Course<C> course, PlannedStep<C> step, Instant at) {
    return request(
        course.sagaId(), step.step(), course.attempt() + 1, course.open(step.commands()), at);
  }

  private List<SagaEvent<C>> giveUp(Course<C> course, String step, String code, Instant at) {
    return policies.pivotRequested(course)
        ? List.of(new SagaStuck<>(course.sagaId(), step, FORWARD, code, at))
        : turnBack(course, code, at);
  }

  private List<SagaEvent<C>> turnBack(Course<C> course, String code, Instant at) {
    String failedStep = course.step().map(PlannedStep::step).orElse("");
    return backward.begin(course, failedStep, code, at);
  }

  private SagaEvent<C> request(
      String sagaId, String step, int attempt, List<C> commands, Instant at) {
    return new StepRequested<>(
        sagaId, step, attempt, commands, at.plus(policies.of(step).timeout()), at);
  }

  private List<String> openParts(Course<C> course, String step) {
    return course
        .stepNamed(step)
        .map(planned -> course.open(planned.commands()).stream().map(StepCommand::part).toList())
        .orElse(List.of());
  }

  private List<SagaEvent<C>> concat(SagaEvent<C> first, List<SagaEvent<C>> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }
}
