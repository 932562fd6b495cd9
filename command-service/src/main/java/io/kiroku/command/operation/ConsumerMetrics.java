package io.kiroku.command.operation;

import io.kiroku.command.backlog.Backlog;
import io.kiroku.command.backlog.Backlog.ConsumerLag;
import io.kiroku.command.logconsumer.ConsumerState;
import io.kiroku.command.logconsumer.LogConsumer;
import io.kiroku.command.saga.SagaRunner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/// Figures of publisher and saga runner.
@ApplicationScoped
public class ConsumerMetrics {
  private final Engine engine;
  private final Backlog backlog;
  private final SagaRunner sagas;

  ConsumerMetrics(Engine engine, Backlog backlog, SagaRunner sagas) {
    this.engine = engine;
    this.backlog = backlog;
    this.sagas = sagas;
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    for (LogConsumer consumer : engine.consumers()) {
      String name = consumer.name();
      Gauge.builder("kiroku.consumer.leading", consumer, ConsumerMetrics::leading)
          .tag("consumer", name)
          .register(registry);
      Gauge.builder("kiroku.consumer.lag.seconds", () -> lag(name, ConsumerMetrics::seconds))
          .tag("consumer", name)
          .register(registry);
      Gauge.builder("kiroku.consumer.lag.positions", () -> lag(name, ConsumerMetrics::positions))
          .tag("consumer", name)
          .description("Log positions between the checkpoint and the end of the log")
          .register(registry);
    }
    Gauge.builder("kiroku.sagas.open", backlog, Backlog::openSagas).register(registry);
    Gauge.builder("kiroku.sagas.parked", sagas, SagaRunner::parked).register(registry);
  }

  private static double leading(LogConsumer consumer) {
    return consumer.state() instanceof ConsumerState.Leading ? 1 : 0;
  }

  private double lag(String consumer, ToDoubleFunction<ConsumerLag> figure) {
    ConsumerLag lag = backlog.lags().get(consumer);
    return lag == null ? 0 : figure.applyAsDouble(lag);
  }

  private static double seconds(ConsumerLag lag) {
    return lag.behind().toMillis() / 1000.0;
  }

  private static double positions(ConsumerLag lag) {
    return Math.max(0, lag.head() - lag.checkpoint());
  }
}
