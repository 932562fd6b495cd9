package io.kiroku.bench;

import io.kiroku.client.JobSocket;
import io.kiroku.client.KirokuClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Users that each order again as soon as their order has ended.
final class SagaThroughput {
  private static final int USERS_PER_SOCKET = 50;
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(500);

  private SagaThroughput() {}

  /// @param elapsed until the last user's last order ended
  record Result(OrderFlow flow, Duration elapsed, long cpuMillis) {
    double ordersPerSecond() {
      return flow.confirmed.count() * 1_000.0 / elapsed.toMillis();
    }

    double cpuMillisPerOrder() {
      return cpuMillis / (double) Math.max(1, flow.confirmed.count());
    }
  }

  static Result run(Target target, Shop shop, int users, Duration length) {
    var flow = new OrderFlow();
    long cpu = target.cpuMillis();
    long start = System.nanoTime();
    long end = start + length.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int socket = 0; socket < users; socket += USERS_PER_SOCKET) {
        int onThisSocket = Math.min(USERS_PER_SOCKET, users - socket);
        threads.execute(() -> shareSocket(target, shop, onThisSocket, end, flow));
      }
    }
    return new Result(flow, Duration.ofNanos(System.nanoTime() - start), target.cpuMillis() - cpu);
  }

  private static void shareSocket(Target target, Shop shop, int users, long end, OrderFlow flow) {
    try (JobSocket socket = target.connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < users; user++) {
        threads.execute(() -> orderUntil(end, shop, target.customer(), socket, flow));
      }
    }
  }

  private static void orderUntil(
      long end, Shop shop, KirokuClient customer, JobSocket socket, OrderFlow flow) {
    while (System.nanoTime() < end) {
      if (!flow.placeAndAwait(shop, customer, socket)) {
        LockSupport.parkNanos(PAUSE_AFTER_REFUSAL.toNanos());
      }
    }
  }
}
