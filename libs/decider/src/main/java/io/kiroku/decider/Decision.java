package io.kiroku.decider;

import java.util.List;

/// What a [Decider] answers: events to record, or the business reason for refusing.
public sealed interface Decision<E> {
  /// @param events in order; empty if the command asks for what is already so
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Rejected<E>(Rejection reason) implements Decision<E> {}

  @SafeVarargs
  static <E> Decision<E> accept(E... events) {
    return new Accepted<>(List.of(events));
  }

  static <E> Decision<E> accept(List<E> events) {
    return new Accepted<>(events);
  }

  static <E> Decision<E> reject(Rejection reason) {
    return new Rejected<>(reason);
  }
}
