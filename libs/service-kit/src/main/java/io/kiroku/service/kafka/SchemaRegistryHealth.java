package io.kiroku.service.kafka;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Which schema ids are known. For people only: a missing id stops no traffic that does not need
/// it, so this is always up and no part of readiness.
@Wellness
@ApplicationScoped
class SchemaRegistryHealth implements HealthCheck {
  private final SchemaIds ids;

  SchemaRegistryHealth(SchemaIds ids) {
    this.ids = ids;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("schema-registry").up();
    answer.withData("asked", ids.asked());
    ids.known().forEach((topic, id) -> answer.withData(topic, id));
    return answer.build();
  }
}
