package io.kiroku.query.running;

import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ProjectionRunner;
import io.smallrye.health.api.Wellness;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/// Whether the read models keep up. Down when one is further behind than it may be. Not part of
/// readiness or liveness: no restart makes a read model faster, and what it shows is right, only
/// old.
@Wellness
final class ProjectionLagHealth implements HealthCheck {
  private final Projections projections;
  private final Duration most;

  ProjectionLagHealth(Projections projections, QueryConfig config) {
    this.projections = projections;
    this.most = config.lagMost();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("projection-lag");
    Instant now = Instant.now();
    boolean keepsUp = true;
    for (ProjectionRunner runner : projections.live()) {
      Lag lag = runner.status().lag();
      keepsUp &= keepsUp(lag, now, most);
      response.withData(runner.projection().id(), told(lag, now));
    }
    return response.status(keepsUp).build();
  }

  static boolean keepsUp(@Nullable Lag lag, Instant now, Duration most) {
    return lag == null || lag.age(now).compareTo(most) <= 0;
  }

  private static String told(@Nullable Lag lag, Instant now) {
    return lag == null
        ? "not measured yet"
        : "%s%d events, %d ms behind"
            .formatted(lag.exact() ? "" : "about ", lag.events(), lag.age(now).toMillis());
  }
}
