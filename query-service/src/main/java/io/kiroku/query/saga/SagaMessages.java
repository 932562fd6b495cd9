package io.kiroku.query.saga;

import io.kiroku.proto.query.v1.Saga;
import io.kiroku.proto.query.v1.SagaFailure;
import io.kiroku.query.running.Timestamps;

/// Documents as the contract shows them.
final class SagaMessages {
  private SagaMessages() {}

  static Saga message(SagaDocument saga, long revision) {
    Saga.Builder message =
        Saga.newBuilder()
            .setSagaId(saga.sagaId())
            .setSaga(saga.saga())
            .setStatus(saga.status())
            .setStep(saga.step())
            .setAttempt(saga.attempt())
            .setCode(saga.code())
            .setFailedStep(saga.failedStep())
            .setStartedAt(Timestamps.of(saga.startedAt()))
            .setUpdatedAt(Timestamps.of(saga.updatedAt()))
            .addAllRemainingSteps(saga.remaining())
            .setRevision(revision);
    if (saga.endedAt() != null) {
      message.setEndedAt(Timestamps.of(saga.endedAt()));
    }
    if (saga.deadline() != null) {
      message.setDeadline(Timestamps.of(saga.deadline()));
    }
    saga.steps().forEach(step -> message.addSteps(message(step)));
    return message.build();
  }

  private static io.kiroku.proto.query.v1.SagaStep message(SagaStep step) {
    var message =
        io.kiroku.proto.query.v1.SagaStep.newBuilder()
            .setStep(step.step())
            .setForward(message(step.forward()));
    if (step.compensation() != null) {
      message.setCompensation(message(step.compensation()));
    }
    return message.build();
  }

  private static io.kiroku.proto.query.v1.SagaStepRun message(SagaStepRun run) {
    var message =
        io.kiroku.proto.query.v1.SagaStepRun.newBuilder()
            .setStatus(run.status())
            .setAttempts(run.attempts())
            .setParts(run.parts())
            .setPartsDone(run.partsDone());
    if (run.requestedAt() != null) {
      message.setRequestedAt(Timestamps.of(run.requestedAt()));
    }
    if (run.completedAt() != null) {
      message.setCompletedAt(Timestamps.of(run.completedAt()));
    }
    if (run.dueAt() != null) {
      message.setDueAt(Timestamps.of(run.dueAt()));
    }
    if (run.retryAt() != null) {
      message.setRetryAt(Timestamps.of(run.retryAt()));
    }
    run.failures().forEach(failure -> message.addFailures(message(failure)));
    return message.build();
  }

  private static SagaFailure message(SagaStepRun.Failure failure) {
    return SagaFailure.newBuilder()
        .setAttempt(failure.attempt())
        .setCode(failure.code())
        .setRetryable(failure.retryable())
        .setAt(Timestamps.of(failure.at()))
        .build();
  }
}
