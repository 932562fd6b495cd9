package io.kiroku.command.provider;

import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// The breakers, as data. Never down: every instance has the same provider, and all that needs none
/// goes on.
@Readiness
final class ProviderHealth implements HealthCheck {
  private final Providers providers;

  ProviderHealth(Providers providers) {
    this.providers = providers;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("providers").up();
    providers
        .clients()
        .forEach(client ->
            response.withData(client.name(), client.state().name().toLowerCase(Locale.ROOT)));
    return response.build();
  }
}
