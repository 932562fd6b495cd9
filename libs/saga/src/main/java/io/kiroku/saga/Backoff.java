package io.kiroku.saga;

import java.time.Duration;

/// How long to wait before the next attempt of a step.
///
/// @param first the wait before attempt 2
/// @param most no wait is longer
public record Backoff(Kind kind, Duration first, Duration most) {
  public enum Kind {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }

  /// @param failedAttempts how many attempts have failed so far, at least 1
  public Duration delayAfter(int failedAttempts) {
    Duration delay =
        switch (kind) {
          case CONSTANT -> first;
          case LINEAR -> first.multipliedBy(failedAttempts);
          case EXPONENTIAL -> first.multipliedBy(1L << Math.min(failedAttempts - 1, 30));
        };
    return delay.compareTo(most) < 0 ? delay : most;
  }
}
