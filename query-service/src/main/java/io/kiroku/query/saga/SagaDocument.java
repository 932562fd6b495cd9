package io.kiroku.query.saga;

import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaTrigger.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One saga.
///
/// @param step that it is at, or stopped at; empty before the first was asked for
/// @param code why it failed last, goes back or is stuck; empty if it does not
/// @param failedStep where it turned back; empty if it did not
/// @param startedAtMillis since 1970, so that lists can ask for it
/// @param deadline null once it does not count any more
@RegisterForReflection
record SagaDocument(
    String sagaId,
    String saga,
    String tenant,
    String status,
    String step,
    int attempt,
    String code,
    String failedStep,
    Instant startedAt,
    long startedAtMillis,
    Instant updatedAt,
    @Nullable Instant endedAt,
    @Nullable Instant deadline,
    List<SagaStep> steps) {
  static final String RUNNING = "RUNNING";
  static final String COMPENSATING = "COMPENSATING";
  static final String COMPLETED = "COMPLETED";
  static final String COMPENSATED = "COMPENSATED";
  static final String STUCK = "STUCK";

  SagaDocument {
    steps = List.copyOf(steps);
  }

  static SagaDocument started(SagaStarted<?> e, String tenant) {
    return new SagaDocument(
        e.sagaId(),
        e.saga(),
        tenant,
        RUNNING,
        "",
        0,
        "",
        "",
        e.at(),
        e.at().toEpochMilli(),
        e.at(),
        null,
        e.deadline(),
        e.plan().stream().map(SagaStep::of).toList());
  }

  SagaDocument in(String nextStatus) {
    return next(nextStatus, step, attempt, code, failedStep, endedAt, deadline, steps);
  }

  SagaDocument at(String nextStep, int nextAttempt) {
    return next(status, nextStep, nextAttempt, code, failedStep, endedAt, deadline, steps);
  }

  SagaDocument because(String nextCode) {
    return next(status, step, attempt, nextCode, failedStep, endedAt, deadline, steps);
  }

  SagaDocument turnedBackAt(String turningPoint) {
    return next(status, step, attempt, code, turningPoint, endedAt, deadline, steps);
  }

  /// Nothing is waited for on the way forward any more.
  SagaDocument stopped() {
    List<SagaStep> still = steps.stream().map(SagaStep::stopped).toList();
    return next(status, step, attempt, code, failedStep, null, null, still);
  }

  SagaDocument ended(Instant at) {
    return next(status, step, attempt, code, failedStep, at, null, steps);
  }

  SagaDocument with(String name, Phase phase, UnaryOperator<SagaStepRun> change) {
    List<SagaStep> changed =
        steps.stream()
            .map(each -> each.step().equals(name) ? each.with(phase, change) : each)
            .toList();
    return next(status, step, attempt, code, failedStep, endedAt, deadline, changed);
  }

  SagaDocument updated(Instant at) {
    return new SagaDocument(
        sagaId,
        saga,
        tenant,
        status,
        step,
        attempt,
        code,
        failedStep,
        startedAt,
        startedAtMillis,
        at,
        endedAt,
        deadline,
        steps);
  }

  private SagaDocument next(
      String nextStatus,
      String nextStep,
      int nextAttempt,
      String nextCode,
      String nextFailedStep,
      @Nullable Instant nextEndedAt,
      @Nullable Instant nextDeadline,
      List<SagaStep> nextSteps) {
    return new SagaDocument(
        sagaId,
        saga,
        tenant,
        nextStatus,
        nextStep,
        nextAttempt,
        nextCode,
        nextFailedStep,
        startedAt,
        startedAtMillis,
        updatedAt,
        nextEndedAt,
        nextDeadline,
        nextSteps);
  }

  /// What is left on the way it goes, the step it is at first.
  List<String> remaining() {
    if (endedAt != null) {
      return List.of();
    }
    if (failedStep.isEmpty()) {
      return steps.stream().filter(it -> !it.forward().done()).map(SagaStep::step).toList();
    }
    List<String> back = new ArrayList<>();
    for (SagaStep each : steps) {
      if (each.leftToUndo()) {
        back.addFirst(each.step());
      }
      if (each.step().equals(step)) {
        break;
      }
    }
    return back;
  }
}
