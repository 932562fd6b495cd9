package io.kiroku.saga;

import io.kiroku.saga.SagaTrigger.Phase;

/// Names of a saga's timers. They tell step, phase and attempt, so that a timer that fires after
/// its attempt is over is recognised by its name alone.
final class TimerNames {
  static final String DEADLINE = "saga:deadline";

  private TimerNames() {}

  /// When an attempt is given up.
  static String ofAttempt(String step, Phase phase, int attempt) {
    return "step:" + step + ":" + phase + ":" + attempt;
  }

  /// When the next attempt begins.
  static String ofRetry(String step, Phase phase, int attempt) {
    return "retry:" + step + ":" + phase + ":" + attempt;
  }
}
