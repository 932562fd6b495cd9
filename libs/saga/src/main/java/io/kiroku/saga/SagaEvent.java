package io.kiroku.saga;

import io.kiroku.decider.EventType;
import io.kiroku.saga.SagaTrigger.Phase;
import java.time.Instant;
import java.util.List;

/// What a process decided: the history of every saga, whatever it is about.
public sealed interface SagaEvent<C extends StepCommand> {
  String sagaId();

  Instant at();

  @EventType("saga-started.v1")
  record SagaStarted<C extends StepCommand>(
      String sagaId, String saga, List<PlannedStep<C>> plan, Instant deadline, Instant at)
      implements SagaEvent<C> {
    public SagaStarted {
      plan = List.copyOf(plan);
    }
  }

  /// @param commands what is sent in this attempt: the parts that are still open
  /// @param deadline when the attempt is given up
  @EventType("saga-step-requested.v1")
  record StepRequested<C extends StepCommand>(
      String sagaId, String step, int attempt, List<C> commands, Instant deadline, Instant at)
      implements SagaEvent<C> {
    public StepRequested {
      commands = List.copyOf(commands);
    }
  }

  /// One of several parts was answered; the last one is recorded as [StepCompleted], or as
  /// [CompensationCompleted], at once.
  @EventType("saga-step-part-completed.v1")
  record StepPartCompleted<C extends StepCommand>(
      String sagaId, String step, Phase phase, String part, Instant at) implements SagaEvent<C> {}

  /// @param attempt the one that was under way; 0 if the step had nothing to send
  @EventType("saga-step-completed.v1")
  record StepCompleted<C extends StepCommand>(String sagaId, String step, int attempt, Instant at)
      implements SagaEvent<C> {}

  /// @param retryable whether the code is one that another attempt may cure
  @EventType("saga-step-failed.v1")
  record StepFailed<C extends StepCommand>(
      String sagaId, String step, int attempt, String code, boolean retryable, Instant at)
      implements SagaEvent<C> {}

  @EventType("saga-step-timed-out.v1")
  record StepTimedOut<C extends StepCommand>(String sagaId, String step, int attempt, Instant at)
      implements SagaEvent<C> {}

  /// A further attempt of a step or of its compensation was put off.
  ///
  /// @param attempt the one to come
  @EventType("saga-retry-scheduled.v1")
  record RetryScheduled<C extends StepCommand>(
      String sagaId, String step, Phase phase, int attempt, Instant dueAt, Instant at)
      implements SagaEvent<C> {}

  /// @param commands what is sent in this attempt: the parts that are still open
  /// @param failedStep where the saga turned back
  /// @param code why the saga goes back: the code of the failure that started it
  @EventType("saga-compensation-requested.v1")
  record CompensationRequested<C extends StepCommand>(
      String sagaId,
      String step,
      int attempt,
      List<C> commands,
      String failedStep,
      String code,
      Instant deadline,
      Instant at)
      implements SagaEvent<C> {
    public CompensationRequested {
      commands = List.copyOf(commands);
    }
  }

  @EventType("saga-compensation-completed.v1")
  record CompensationCompleted<C extends StepCommand>(
      String sagaId, String step, int attempt, Instant at) implements SagaEvent<C> {}

  @EventType("saga-compensation-failed.v1")
  record CompensationFailed<C extends StepCommand>(
      String sagaId, String step, int attempt, String code, Instant at) implements SagaEvent<C> {}

  /// The process reached its end.
  @EventType("saga-completed.v1")
  record SagaCompleted<C extends StepCommand>(String sagaId, Instant at) implements SagaEvent<C> {}

  /// Everything that was done, or may have been done, has been undone.
  @EventType("saga-compensated.v1")
  record SagaCompensated<C extends StepCommand>(
      String sagaId, String failedStep, String code, Instant at) implements SagaEvent<C> {}

  /// Neither forward nor back: an operator has to look.
  @EventType("saga-stuck.v1")
  record SagaStuck<C extends StepCommand>(
      String sagaId, String step, Phase phase, String code, Instant at) implements SagaEvent<C> {}

  /// An operator acted; the events that follow say what came of it.
  ///
  /// @param step in which it was stuck, or that it was at when it was cancelled
  /// @param action name of an [OperatorAction], or of a [Redrive]
  @EventType("saga-operator-intervened.v1")
  record OperatorIntervened<C extends StepCommand>(
      String sagaId,
      String step,
      Phase phase,
      String action,
      String actor,
      String reason,
      Instant at)
      implements SagaEvent<C> {
    /// Whether a command was only sent again: the saga stays where it was.
    public boolean redrives() {
      return action.equals(Redrive.ACTION) || wasForced();
    }

    /// Whether a command was sent again that had been overtaken.
    public boolean wasForced() {
      return action.equals(Redrive.ACTION_FORCED);
    }
  }
}
