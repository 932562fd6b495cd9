package io.kiroku.saga;

import java.util.List;

/// A process manager: a decider whose triggers are other streams' events and timers, and whose
/// events say what is to be done. Pure, like a [io.kiroku.decider.Decider].
///
/// @param <T> triggers, sealed
/// @param <S> state, sealed and immutable
/// @param <E> events, sealed
/// @param <C> commands to participants, sealed
public interface Saga<T, S, E, C> {
  S initial();

  /// The facts that follow from a trigger; empty if it changes nothing.
  List<E> decide(T trigger, S state);

  S evolve(S state, E event);

  /// What the process wants once `event` is in the log; a function of the event alone, so that
  /// whoever reads the log can find it again.
  List<Effect<C>> effects(E event);
}
