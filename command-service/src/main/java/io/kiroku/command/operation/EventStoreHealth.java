package io.kiroku.command.operation;

import io.kiroku.eventstore.EventLog;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Without the event store no command can be answered.
@Readiness
final class EventStoreHealth implements AsyncHealthCheck {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(3);

  private final EventLog log;

  EventStoreHealth(EventLog log) {
    this.log = log;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return log.head()
        .ifNoItem()
        .after(ANSWER_MOST)
        .fail()
        .map(head -> HealthCheckResponse.named("event-store").up().withData("head", head).build())
        .onFailure()
        .recoverWithItem(failure ->
            HealthCheckResponse.named("event-store")
                .down()
                .withData("error", failure.toString())
                .build());
  }
}
