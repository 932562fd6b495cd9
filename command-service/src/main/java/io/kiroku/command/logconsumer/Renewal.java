package io.kiroku.command.logconsumer;

import java.time.Duration;

/// Keeps the lease of a leader that has nothing to do: work renews it by itself.
final class Renewal {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final Leases leases;
  private final long everyNanos;
  private long lastNanos = System.nanoTime();

  Renewal(Leases leases, Duration every) {
    this.leases = leases;
    this.everyNanos = every.toNanos();
  }

  Lease renewed(Lease lease) {
    return System.nanoTime() - lastNanos < everyNanos
        ? lease
        : seen(leases.advance(lease, lease.checkpoint()).await().atMost(ANSWER_MOST));
  }

  Lease seen(Lease lease) {
    lastNanos = System.nanoTime();
    return lease;
  }
}
