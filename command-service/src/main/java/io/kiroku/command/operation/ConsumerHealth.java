package io.kiroku.command.operation;

import io.kiroku.command.backlog.Backlog;
import io.kiroku.command.backlog.Backlog.ConsumerLag;
import io.kiroku.command.logconsumer.ConsumerState;
import io.kiroku.command.logconsumer.LogConsumer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Publisher and saga runner: down before they run and when somebody has to look; a dependency that
/// is away for a while only shows.
@Readiness
final class ConsumerHealth implements HealthCheck {
  private final Engine engine;
  private final Backlog backlog;

  ConsumerHealth(Engine engine, Backlog backlog) {
    this.engine = engine;
    this.backlog = backlog;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("log-consumers");
    boolean up = engine.isRunning();
    for (LogConsumer consumer : engine.consumers()) {
      ConsumerState state = consumer.state();
      up &= !(state instanceof ConsumerState.Stopped);
      response.withData(consumer.name(), state.toString());
      ConsumerLag lag = backlog.lags().get(consumer.name());
      if (lag != null) {
        response.withData(consumer.name() + "-behind-ms", lag.behind().toMillis());
      }
    }
    return response.status(up).build();
  }
}
