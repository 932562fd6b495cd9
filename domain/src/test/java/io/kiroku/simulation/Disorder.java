package io.kiroku.simulation;

import io.kiroku.saga.Effect;
import io.kiroku.saga.Effect.CancelAllTimers;
import io.kiroku.saga.Effect.CancelTimer;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.saga.StepCommand;
import io.kiroku.saga.StepSaga;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A world around one saga in which messages are overtaken, repeated and lost, facts are heard late
/// but in their order, and timers fire whenever. The same seed gives the same course.
///
/// @param <C> commands of the saga
/// @param <H> what is heard
public abstract class Disorder<C extends StepCommand, H> {
  protected final Random random;
  protected final StepSaga<C> saga;
  protected final List<Runnable> underWay = new ArrayList<>();
  protected final Deque<H> unheard = new ArrayDeque<>();
  protected final Map<String, Instant> timers = new HashMap<>();
  protected final List<SagaEvent<C>> history = new ArrayList<>();
  protected SagaState<C> state;
  protected Instant now;
  private final int lostPercent;

  protected Disorder(StepSaga<C> saga, long seed, int lostPercent, Instant begin) {
    this.saga = saga;
    this.random = new Random(seed);
    this.lostPercent = lostPercent;
    this.state = saga.initial();
    this.now = begin;
  }

  protected abstract void hear(H heard);

  protected abstract H asHeard(TimerFired<C> timer);

  /// What the participant does.
  protected abstract void handle(Send<C> send);

  protected final boolean isIdle() {
    return underWay.isEmpty() && unheard.isEmpty() && timers.isEmpty();
  }

  /// One thing happens, or nothing.
  protected final void step() {
    int choice = random.nextInt(100);
    if (choice < 45 && !underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).run();
    } else if (choice < 90 && !unheard.isEmpty()) {
      hear(unheard.remove());
    } else if (choice < 93 || (underWay.isEmpty() && unheard.isEmpty())) {
      fireNextTimer();
    }
  }

  protected final void fireNextTimer() {
    timers.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(timer -> {
          timers.remove(timer.getKey());
          now = timer.getValue().isAfter(now) ? timer.getValue() : now;
          unheard.add(asHeard(new TimerFired<>(timer.getKey(), now)));
        });
  }

  protected final void decide(SagaTrigger<C> trigger) {
    for (SagaEvent<C> event : saga.decide(trigger, state)) {
      state = saga.evolve(state, event);
      history.add(event);
      recorded(event);
      saga.effects(event).forEach(this::carryOut);
    }
  }

  /// Called before the event has effects.
  protected void recorded(SagaEvent<C> event) {}

  private void carryOut(Effect<C> effect) {
    switch (effect) {
      case StartTimer<C>(var timer, var dueAt) -> timers.put(timer, dueAt);
      case CancelTimer<C>(var timer) -> timers.remove(timer);
      case CancelAllTimers<C> _ -> timers.clear();
      case Send<C> send -> deliver(send);
    }
  }

  /// Lost, once or twice, and some time.
  protected void deliver(Send<C> send) {
    int copies = random.nextInt(100) < lostPercent ? 0 : 1 + random.nextInt(10) / 9;
    for (int i = 0; i < copies; i++) {
      underWay.add(() -> handle(send));
    }
  }
}
