package io.kiroku.command.operation;

import io.kiroku.command.outbox.OutboxCondition;
import io.kiroku.command.outbox.OutboxCondition.Slot;
import io.kiroku.command.outbox.OutboxConfig;
import io.kiroku.command.outbox.OutboxWatch;
import io.smallrye.health.api.Wellness;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Whether messages get to Kafka. Down when somebody has to look: the slot is lost, or holds back
/// too much. Not part of readiness or liveness: no restart of this service would help, and commands
/// are still accepted.
@Wellness
final class OutboxHealth implements HealthCheck {
  private final OutboxWatch watch;
  private final long lagMostBytes;

  OutboxHealth(OutboxWatch watch, OutboxConfig config) {
    this.watch = watch;
    this.lagMostBytes = config.lagMost().asLongValue();
  }

  @Override
  public HealthCheckResponse call() {
    return told(watch.last(), lagMostBytes);
  }

  static HealthCheckResponse told(Optional<OutboxCondition> last, long lagMostBytes) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("outbox");
    return last.map(condition -> told(response, condition, lagMostBytes))
        .orElseGet(() -> response.up().withData("slot", "not looked at yet").build());
  }

  private static HealthCheckResponse told(
      HealthCheckResponseBuilder response, OutboxCondition condition, long lagMostBytes) {
    response
        .withData("rows", condition.rows())
        .withData("oldest-row-ms", condition.oldestRow().toMillis());
    return switch (condition.slot()) {
      case Slot.Lost(var why) -> response.down().withData("slot", "lost: " + why).build();
      case Slot.Held(var lagBytes, var active) ->
          response
              .status(lagBytes <= lagMostBytes)
              .withData("slot", active ? "in use" : "not in use")
              .withData("lag-bytes", lagBytes)
              .build();
    };
  }
}
