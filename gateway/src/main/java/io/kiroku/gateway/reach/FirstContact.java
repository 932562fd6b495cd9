package io.kiroku.gateway.reach;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready once each service has answered once. Later silences do not take the gateway out of
/// service: what needs the silent one is answered with 503, everything else goes on.
@Readiness
@ApplicationScoped
class FirstContact implements HealthCheck {
  private final Services services;

  FirstContact(Services services) {
    this.services = services;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("services reached");
    boolean ready = true;
    for (ServiceReach service : services.all()) {
      answer.withData(service.name(), service.wasReached());
      ready &= service.wasReached();
    }
    return answer.status(ready).build();
  }
}
