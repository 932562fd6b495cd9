package io.kiroku.saga;

import java.time.Duration;

/// How long to wait before the next attempt of a step.
///
/// @param first the wait before attempt 2
/// @param most no wait is longer
/// @param jitterPercent by how much at most a wait is shortened, so that sagas that failed together
///   do not try again together; 0 for none
public record Backoff(Kind kind, Duration first, Duration most, int jitterPercent) {
  public static final int JITTER_PERCENT_DEFAULT = 20;

  public enum Kind {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }

  public Backoff {
    if (jitterPercent < 0 || jitterPercent > 100) {
      throw new IllegalArgumentException("a jitter of " + jitterPercent + " % is none");
    }
  }

  public Backoff(Kind kind, Duration first, Duration most) {
    this(kind, first, most, JITTER_PERCENT_DEFAULT);
  }

  public Backoff withJitterPercent(int percent) {
    return new Backoff(kind, first, most, percent);
  }

  /// Always the same for the same attempt: a decider knows no chance.
  ///
  /// @param failedAttempts how many attempts have failed so far, at least 1
  Duration delayAfter(String sagaId, String step, int failedAttempts) {
    Duration full = delayAfter(failedAttempts);
    double share = jitterPercent / 100.0 * Jitter.share(sagaId, step, failedAttempts);
    return full.minusMillis(Math.round(full.toMillis() * share));
  }

  private Duration delayAfter(int failedAttempts) {
    Duration delay =
        switch (kind) {
          case CONSTANT -> first;
          case LINEAR -> first.multipliedBy(failedAttempts);
          case EXPONENTIAL -> first.multipliedBy(1L << Math.min(failedAttempts - 1, 30));
        };
    return delay.compareTo(most) < 0 ? delay : most;
  }
}
