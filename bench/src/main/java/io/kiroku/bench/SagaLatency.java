package io.kiroku.bench;

import io.kiroku.client.JobSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Orders at fixed times, see [Arrivals].
final class SagaLatency {
  private SagaLatency() {}

  static OrderFlow run(Target target, Shop shop, int ordersPerSecond, Duration length) {
    var flow = new OrderFlow();
    try (JobSocket socket = target.connect();
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      Arrivals.run(
          ordersPerSecond,
          length,
          () -> users.execute(() -> flow.placeAndAwait(shop, target.customer(), socket)));
    }
    return flow;
  }
}
