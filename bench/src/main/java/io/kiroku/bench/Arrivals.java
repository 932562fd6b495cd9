package io.kiroku.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Calls at fixed times, whether or not the earlier ones have been answered: latency without
/// coordinated omission.
public final class Arrivals {
  private Arrivals() {}

  /// Returns when the last call has begun.
  ///
  /// @param begin must not wait for the call's answer
  public static void run(int perSecond, Duration length, Runnable begin) {
    long interval = Duration.ofSeconds(1).toNanos() / perSecond;
    long calls = length.toNanos() / interval;
    long start = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      LockSupport.parkNanos(start + i * interval - System.nanoTime());
      begin.run();
    }
  }
}
