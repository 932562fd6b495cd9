package io.kiroku.saga;

import java.time.Duration;
import java.util.Set;

/// The numbers of one step: how long it may take, how often it is tried, which failures are final.
///
/// @param neverRetried rejection codes after which another attempt makes no sense
/// @param pivot after it has been requested the saga only goes forward
public record StepPolicy(
    String step,
    Duration timeout,
    int attemptsMax,
    Backoff backoff,
    Set<String> neverRetried,
    boolean pivot) {
  public StepPolicy {
    neverRetried = Set.copyOf(neverRetried);
    if (attemptsMax < 1) {
      throw new IllegalArgumentException(step + " needs at least one attempt");
    }
  }

  public StepPolicy withBackoff(Backoff other) {
    return new StepPolicy(step, timeout, attemptsMax, other, neverRetried, pivot);
  }
}
