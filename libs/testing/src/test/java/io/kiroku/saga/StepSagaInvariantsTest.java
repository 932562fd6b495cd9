package io.kiroku.saga;

import static io.kiroku.saga.Trip.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.saga.Trip.Cmd;
import io.kiroku.testing.SagaSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Thousands of lives in which everything comes in any order, from fixed seeds.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepSagaInvariantsTest {
  private static final int LIVES = 3_000;
  private static final int TRIGGERS = 60;

  @Test
  void a_saga_on_its_way_always_waits_for_a_timer_it_recognises() {
    for (int seed = 0; seed < LIVES; seed++) {
      var life = live(seed);
      if (life.state() instanceof Running || life.state() instanceof Compensating) {
        assertThat(lastTimerMoves(life)).as("seed %d: %s", seed, life.state()).isTrue();
      }
    }
  }

  @Test
  void what_was_requested_is_undone_before_a_saga_counts_as_compensated() {
    int compensated = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      var life = live(seed);
      if (life.hasRecorded(SagaCompensated.class::isInstance)) {
        compensated++;
        assertThat(stepsUndone(life)).as("seed %d", seed).containsAll(stepsToUndo(life));
      }
    }
    assertThat(compensated).isGreaterThan(LIVES / 20);
  }

  @Test
  void a_history_folds_from_anywhere_without_failing() {
    for (int seed = 0; seed < LIVES; seed++) {
      List<SagaEvent<Cmd>> shuffled = new ArrayList<>(live(seed).history());
      java.util.Collections.shuffle(shuffled, new Random(seed));
      SagaState<Cmd> state = Trip.SAGA.initial();
      for (SagaEvent<Cmd> event : shuffled) {
        state = Trip.SAGA.evolve(state, event);
        Trip.SAGA.decide(anything(new Random(seed)), state);
      }
      assertThat(state).isNotNull();
    }
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> live(int seed) {
    var random = new Random(seed);
    var life = Trip.started();
    for (int i = 0; i < TRIGGERS; i++) {
      life.when(anything(random));
    }
    return life;
  }

  /// Success is likelier than failure, and cancellation is rare, or no life would get far.
  private static SagaTrigger<Cmd> anything(Random random) {
    var step = Trip.PLAN.get(random.nextInt(Trip.PLAN.size()));
    Phase phase = random.nextBoolean() ? Phase.FORWARD : Phase.COMPENSATION;
    List<Cmd> commands = phase == Phase.FORWARD ? step.commands() : step.compensations();
    String part = commands.isEmpty() ? "?" : commands.get(random.nextInt(commands.size())).part();
    int attempt = 1 + random.nextInt(3);
    return switch (random.nextInt(22)) {
      case 0 -> Trip.cancelled();
      case 1 -> Trip.timer("step", step.step(), phase, attempt);
      case 2, 3, 4 -> Trip.timer("retry", step.step(), phase, attempt);
      case 5 -> new Failed<>(step.step(), phase, part, Trip.FULL, T);
      case 6, 7 -> new Failed<>(step.step(), phase, part, Trip.BUSY, T);
      case 8 -> random.nextInt(10) == 0 ? Trip.deadline() : Trip.start();
      case 9 -> Trip.operator(action(random), step.step());
      default -> new Succeeded<>(step.step(), phase, part, T);
    };
  }

  private static OperatorAction action(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> OperatorAction.CANCEL;
      case 1 -> OperatorAction.SKIP;
      case 2 -> OperatorAction.COMPLETE_BY_HAND;
      default -> OperatorAction.RETRY;
    };
  }

  private static boolean lastTimerMoves(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> life) {
    String timer = "";
    for (SagaEvent<Cmd> event : life.history()) {
      for (Effect<Cmd> effect : Trip.SAGA.effects(event)) {
        timer = effect instanceof StartTimer<Cmd> start ? start.timer() : timer;
      }
    }
    return !Trip.SAGA.decide(new TimerFired<>(timer, T), life.state()).isEmpty();
  }

  private static List<String> stepsToUndo(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> life) {
    return life.history().stream()
        .filter(StepRequested.class::isInstance)
        .map(event -> ((StepRequested<Cmd>) event).step())
        .filter(step -> !step.equals("tickets"))
        .toList();
  }

  private static List<String> stepsUndone(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> life) {
    return life.history().stream()
        .filter(CompensationRequested.class::isInstance)
        .map(event -> ((CompensationRequested<Cmd>) event).step())
        .toList();
  }
}
