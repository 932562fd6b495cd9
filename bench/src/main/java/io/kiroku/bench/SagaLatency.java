package io.kiroku.bench;

import io.kiroku.client.JobSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Orders at a fixed arrival, whether or not the earlier ones have ended: latency without
/// coordinated omission.
final class SagaLatency {
  private SagaLatency() {}

  static OrderFlow run(Target target, Shop shop, int ordersPerSecond, Duration length) {
    var flow = new OrderFlow();
    long interval = Duration.ofSeconds(1).toNanos() / ordersPerSecond;
    long orders = length.toNanos() / interval;
    try (JobSocket socket = target.connect();
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (long i = 0; i < orders; i++) {
        LockSupport.parkNanos(start + i * interval - System.nanoTime());
        users.execute(() -> flow.placeAndAwait(shop, target.customer(), socket));
      }
    }
    return flow;
  }
}
