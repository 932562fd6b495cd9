package io.kiroku.command.logconsumer;

import java.time.Duration;

/// Lets something be done at most once per period. For one thread.
public final class Pace {
  private final long periodNanos;
  private long lastNanos;

  public Pace(Duration period) {
    this.periodNanos = period.toNanos();
    this.lastNanos = System.nanoTime() - periodNanos;
  }

  /// If so, the next period begins.
  public boolean isDue() {
    long now = System.nanoTime();
    if (now - lastNanos < periodNanos) {
      return false;
    }
    lastNanos = now;
    return true;
  }
}
