package io.kiroku.projection;

import io.kiroku.decider.EventType;

/// Events that are easily counted twice.
sealed interface AccountEvent {
  @EventType("credited.v1")
  record Credited(long amount) implements AccountEvent {}

  @EventType("closed.v1")
  record Closed() implements AccountEvent {}

  @EventType("noted.v1")
  record Noted(String note) implements AccountEvent {}
}
