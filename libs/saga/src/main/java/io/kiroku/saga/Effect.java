package io.kiroku.saga;

import java.time.Instant;

/// What a saga's event asks the world to do: data, carried out in order by whoever publishes the
/// log.
public sealed interface Effect<C> {
  /// @param reason the code of the failure that is being compensated; empty on the way forward
  record Send<C>(String step, int attempt, C command, String reason) implements Effect<C> {}

  /// Starts a timer, or moves the one of that name.
  record StartTimer<C>(String timer, Instant dueAt) implements Effect<C> {}

  /// Stopping a timer that is not there is no failure.
  record CancelTimer<C>(String timer) implements Effect<C> {}

  /// Whatever timers the process still has are void.
  record CancelAllTimers<C>() implements Effect<C> {}
}
