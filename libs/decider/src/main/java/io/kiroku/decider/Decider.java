package io.kiroku.decider;

import java.util.List;

/// A business rule book. Pure: no clock, no randomness, no I/O; commands carry what rules need.
///
/// @param <C> commands, sealed
/// @param <S> state, sealed and immutable
/// @param <E> events, sealed
public interface Decider<C, S, E> {
  /// The state of a stream that nothing was recorded in yet.
  S initial();

  Decision<E> decide(C command, S state);

  /// Never validates and never throws: history is true.
  S evolve(S state, E event);

  default S fold(S from, List<? extends E> history) {
    S state = from;
    for (E event : history) {
      state = evolve(state, event);
    }
    return state;
  }

  default S fold(List<? extends E> history) {
    return fold(initial(), history);
  }
}
