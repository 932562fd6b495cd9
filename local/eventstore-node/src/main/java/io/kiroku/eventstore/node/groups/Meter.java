package io.kiroku.eventstore.node.groups;

import java.util.concurrent.TimeUnit;

/// Counts messages, in all and since somebody looked. Guarded by its group.
final class Meter {
  private long total;
  private long totalBefore;
  private long nanosBefore = System.nanoTime();

  void count() {
    total++;
  }

  /// Looks, which begins a new measurement.
  Throughput take() {
    long now = System.nanoTime();
    long count = total - totalBefore;
    double seconds = Math.max(1, now - nanosBefore) / (double) TimeUnit.SECONDS.toNanos(1);
    totalBefore = total;
    nanosBefore = now;
    return new Throughput(total, count, (int) (count / seconds));
  }
}
