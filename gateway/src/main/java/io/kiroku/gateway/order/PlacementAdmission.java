package io.kiroku.gateway.order;

import io.kiroku.service.error.Errors;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Bounds how many orders are being placed at a time. Who comes above the bound is sent away at
/// once, while others are served in time, instead of all waiting until all are late.
@ApplicationScoped
class PlacementAdmission {
  private final AtomicInteger running;
  private final int concurrentMax;

  PlacementAdmission(OrderConfig config, MeterRegistry metrics) {
    concurrentMax = config.concurrentMax();
    running = metrics.gauge("kiroku.orders.placing", new AtomicInteger());
  }

  /// Fails with `RESOURCE_EXHAUSTED` above the bound.
  <T> Uni<T> admit(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> {
          if (running.incrementAndGet() > concurrentMax) {
            running.decrementAndGet();
            return Uni.createFrom().failure(Errors.overloaded("Too many orders at a time."));
          }
          return Uni.createFrom()
              .deferred(work::get)
              .onTermination()
              .invoke(() -> running.decrementAndGet());
        });
  }
}
