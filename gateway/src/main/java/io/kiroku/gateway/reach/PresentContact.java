package io.kiroku.gateway.reach;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Which services answer now: for operators, no part of readiness.
@Wellness
@ApplicationScoped
class PresentContact implements HealthCheck {
  private final Services services;

  PresentContact(Services services) {
    this.services = services;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("services answer");
    boolean all = true;
    for (ServiceReach service : services.all()) {
      answer.withData(service.name(), service.isReached());
      all &= service.isReached();
    }
    return answer.status(all).build();
  }
}
