package io.kiroku.command.logconsumer;

import java.time.Duration;
import java.util.List;

/// When what was set aside is tried again.
public final class RetrySchedule {
  private static final List<Duration> AFTER =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6));

  private RetrySchedule() {}

  /// @param retries how many there were already
  public static Duration after(int retries) {
    return AFTER.get(Math.min(retries, AFTER.size() - 1));
  }
}
