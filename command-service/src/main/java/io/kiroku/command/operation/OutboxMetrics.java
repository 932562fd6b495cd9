package io.kiroku.command.operation;

import io.kiroku.command.outbox.OutboxCondition;
import io.kiroku.command.outbox.OutboxCondition.Slot;
import io.kiroku.command.outbox.OutboxWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/// Figures of the outbox; NaN where there is none.
@ApplicationScoped
public class OutboxMetrics {
  private final OutboxWatch watch;

  OutboxMetrics(OutboxWatch watch) {
    this.watch = watch;
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    Gauge.builder("kiroku.outbox.slot.lag.bytes", () -> figure(OutboxMetrics::lagBytes))
        .description("WAL that the connector has not confirmed; NaN if the slot is lost")
        .register(registry);
    Gauge.builder("kiroku.outbox.slot.lost", () -> figure(OutboxMetrics::lost))
        .description("1 if the connector's replication slot is missing or its WAL is gone")
        .register(registry);
    Gauge.builder("kiroku.outbox.rows", () -> figure(OutboxCondition::rows))
        .description("Rows that are not deleted yet")
        .register(registry);
    Gauge.builder(
            "kiroku.outbox.oldest.row.age.seconds",
            () -> figure(condition -> condition.oldestRow().toMillis() / 1000.0))
        .description("Age of the oldest row")
        .register(registry);
  }

  private double figure(ToDoubleFunction<OutboxCondition> of) {
    return watch.last().map(of::applyAsDouble).orElse(Double.NaN);
  }

  private static double lagBytes(OutboxCondition condition) {
    return condition.slot() instanceof Slot.Held held ? held.lagBytes() : Double.NaN;
  }

  private static double lost(OutboxCondition condition) {
    return condition.slot() instanceof Slot.Lost ? 1 : 0;
  }
}
