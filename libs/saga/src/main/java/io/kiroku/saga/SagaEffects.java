package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.saga.Effect.CancelAllTimers;
import io.kiroku.saga.Effect.CancelTimer;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
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
import io.kiroku.saga.SagaTrigger.Phase;
import java.util.ArrayList;
import java.util.List;

/// What each event of a saga asks the world to do, in order.
final class SagaEffects {
  private SagaEffects() {}

  static <C extends StepCommand> List<Effect<C>> of(SagaEvent<C> event) {
    return switch (event) {
      case SagaStarted<C> e -> List.of(new StartTimer<>(TimerNames.DEADLINE, e.deadline()));
      case StepRequested<C> e -> request(e);
      case StepPartCompleted<C> _ -> List.of();
      case StepCompleted<C> e -> stopTimers(e.step(), FORWARD, e.attempt());
      case StepFailed<C> e -> stopTimers(e.step(), FORWARD, e.attempt());
      case StepTimedOut<C> e -> stopTimers(e.step(), FORWARD, e.attempt());
      case RetryScheduled<C> e ->
          List.of(
              new StartTimer<>(TimerNames.ofRetry(e.step(), e.phase(), e.attempt()), e.dueAt()));
      case CompensationRequested<C> e -> compensate(e);
      case CompensationCompleted<C> e -> stopTimers(e.step(), COMPENSATION, e.attempt());
      case CompensationFailed<C> e -> stopTimers(e.step(), COMPENSATION, e.attempt());
      case SagaCompleted<C> _ -> List.of(new CancelAllTimers<>());
      case SagaCompensated<C> _ -> List.of(new CancelAllTimers<>());
      case SagaStuck<C> _ -> List.of(new CancelAllTimers<>());
      case OperatorIntervened<C> _ -> List.of();
    };
  }

  private static <C extends StepCommand> List<Effect<C>> request(StepRequested<C> e) {
    List<Effect<C>> effects = new ArrayList<>();
    if (e.attempt() > 1) {
      effects.add(new CancelTimer<>(TimerNames.ofRetry(e.step(), FORWARD, e.attempt())));
    }
    e.commands().forEach(c -> effects.add(new Send<>(e.step(), e.attempt(), c, "")));
    effects.add(
        new StartTimer<>(TimerNames.ofAttempt(e.step(), FORWARD, e.attempt()), e.deadline()));
    return List.copyOf(effects);
  }

  /// A first attempt voids every timer: those of the way forward when the saga turns back, and none
  /// is left of the step compensated before.
  private static <C extends StepCommand> List<Effect<C>> compensate(CompensationRequested<C> e) {
    List<Effect<C>> effects = new ArrayList<>();
    effects.add(
        e.attempt() > 1
            ? new CancelTimer<>(TimerNames.ofRetry(e.step(), COMPENSATION, e.attempt()))
            : new CancelAllTimers<>());
    e.commands().forEach(c -> effects.add(new Send<>(e.step(), e.attempt(), c, e.code())));
    effects.add(
        new StartTimer<>(TimerNames.ofAttempt(e.step(), COMPENSATION, e.attempt()), e.deadline()));
    return List.copyOf(effects);
  }

  /// An attempt is over: neither its time limit nor the retry after it is wanted any more.
  private static <C extends StepCommand> List<Effect<C>> stopTimers(
      String step, Phase phase, int attempt) {
    return attempt == 0
        ? List.of()
        : List.of(
            new CancelTimer<>(TimerNames.ofAttempt(step, phase, attempt)),
            new CancelTimer<>(TimerNames.ofRetry(step, phase, attempt + 1)));
  }
}
