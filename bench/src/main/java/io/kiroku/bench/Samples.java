package io.kiroku.bench;

import java.time.Duration;
import java.util.Arrays;

/// Durations measured by many threads. Thread-safe.
public final class Samples {
  private long[] nanos = new long[4096];
  private int count;

  public synchronized void add(long durationNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = durationNanos;
  }

  public synchronized int count() {
    return count;
  }

  /// The samples of both.
  public Samples and(Samples other) {
    var both = new Samples();
    for (Samples one : new Samples[] {this, other}) {
      synchronized (one) {
        Arrays.stream(one.nanos, 0, one.count).forEach(both::add);
      }
    }
    return both;
  }

  /// Milliseconds that `share` (0 to 1) of the samples do not exceed (nearest rank); 0 if there are
  /// none.
  public synchronized double millisAt(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.clamp(rank - 1, 0, count - 1)] / (double) Duration.ofMillis(1).toNanos();
  }
}
