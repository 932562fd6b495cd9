package io.kiroku.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.saga.Effect;
import io.kiroku.saga.Saga;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Given what a saga heard before, when it hears one thing more, then it decides these events, and
/// they have these effects. One instance is one saga's life.
public final class SagaSpec<T, S, E, C> {
  private final Saga<T, S, E, C> saga;
  private final List<E> history = new ArrayList<>();
  private S state;
  private List<E> decided = List.of();

  private SagaSpec(Saga<T, S, E, C> saga) {
    this.saga = saga;
    this.state = saga.initial();
  }

  public static <T, S, E, C> SagaSpec<T, S, E, C> of(Saga<T, S, E, C> saga) {
    return new SagaSpec<>(saga);
  }

  @SafeVarargs
  public final SagaSpec<T, S, E, C> given(T... triggers) {
    for (T trigger : triggers) {
      when(trigger);
    }
    return this;
  }

  public SagaSpec<T, S, E, C> when(T trigger) {
    decided = saga.decide(trigger, state);
    for (E event : decided) {
      state = saga.evolve(state, event);
    }
    history.addAll(decided);
    return this;
  }

  /// Exactly these events followed from the last trigger.
  @SafeVarargs
  public final SagaSpec<T, S, E, C> then(E... events) {
    assertThat(decided).containsExactly(events);
    return this;
  }

  public SagaSpec<T, S, E, C> thenNothing() {
    assertThat(decided).isEmpty();
    return this;
  }

  /// Exactly these effects follow from the last trigger's events, in order.
  @SafeVarargs
  public final SagaSpec<T, S, E, C> thenEffects(Effect<C>... effects) {
    assertThat(effects()).containsExactly(effects);
    return this;
  }

  public SagaSpec<T, S, E, C> thenState(Class<? extends S> type) {
    assertThat(state).isInstanceOf(type);
    return this;
  }

  @SafeVarargs
  public final SagaSpec<T, S, E, C> thenEffectsInclude(Effect<C>... effects) {
    assertThat(effects()).contains(effects);
    return this;
  }

  /// What the last trigger's events ask the world to do.
  public List<Effect<C>> effects() {
    return decided.stream().flatMap(event -> saga.effects(event).stream()).toList();
  }

  public List<E> decided() {
    return decided;
  }

  public S state() {
    return state;
  }

  /// Everything recorded so far. Folding it again has to give the state the saga is in.
  public List<E> history() {
    S folded = saga.initial();
    for (E event : history) {
      folded = saga.evolve(folded, event);
    }
    assertThat(folded).isEqualTo(state);
    return List.copyOf(history);
  }

  public boolean hasRecorded(Predicate<E> what) {
    return history.stream().anyMatch(what);
  }
}
