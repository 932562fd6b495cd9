package io.kiroku.saga;

import java.time.Duration;

/// The numbers of compensation, the same for every step. It has no deadline over it: it ends done
/// or, after the last attempt, stuck.
public record CompensationPolicy(Duration timeout, int attemptsMax, Backoff backoff) {
  public CompensationPolicy {
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("compensation needs at least one attempt");
    }
  }

  public CompensationPolicy withBackoff(Backoff other) {
    return new CompensationPolicy(timeout, attemptsMax, other);
  }
}
