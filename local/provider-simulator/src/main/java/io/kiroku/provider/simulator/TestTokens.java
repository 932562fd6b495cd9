package io.kiroku.provider.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The two test tokens that the built-in provider cannot play: they are about the way there.
final class TestTokens {
  /// Answers 503 for the first tries of each key, then captures.
  static final String OUTAGE = "tok_temporarily_unavailable";

  /// Captures at once, but the first answer comes late.
  static final String SLOW = "tok_ok_slow";

  private final int outageTries;
  private final Duration slow;
  private final Map<String, Integer> tries = new HashMap<>();

  TestTokens(int outageTries, Duration slow) {
    this.outageTries = outageTries;
    this.slow = slow;
  }

  /// Counts the try. Forgotten in a restart: an outage leaves no trace.
  boolean isOut(String key, String token) {
    if (!token.equals(OUTAGE)) {
      return false;
    }
    if (tries.merge(key, 1, Integer::sum) <= outageTries) {
      return true;
    }
    tries.remove(key);
    return false;
  }

  Duration delay(String token) {
    return token.equals(SLOW) ? slow : Duration.ZERO;
  }
}
