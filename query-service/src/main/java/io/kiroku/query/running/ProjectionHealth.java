package io.kiroku.query.running;

import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState;
import io.kiroku.projection.rebuild.ProjectionBuilds;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// One entry per projection. Not ready while one waits for a dependency or has stopped, and until
/// it has caught up for the first time; one that falls behind later stays ready. Parked streams are
/// told, and keep nobody from serving the others.
@Readiness
@ApplicationScoped
class ProjectionHealth implements HealthCheck {
  private final Projections projections;

  ProjectionHealth(Projections projections) {
    this.projections = projections;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("projections");
    boolean up = true;
    for (ProjectionBuilds builds : projections.all()) {
      if (builds.live().isEmpty()) {
        up = false;
        response.withData(builds.declared().id(), "which build is live is not known yet");
      }
    }
    for (ProjectionRunner runner : projections.live()) {
      var status = runner.status();
      up &= isUp(status.state());
      response.withData(
          runner.projection().id(),
          "%s, watermark %d, %d parked"
              .formatted(tell(status.state()), status.watermark(), status.parked().size()));
    }
    return response.status(up).build();
  }

  private static boolean isUp(ProjectionState state) {
    return switch (state) {
      case ProjectionState.Following _ -> true;
      case ProjectionState.Starting _,
          ProjectionState.CatchingUp _,
          ProjectionState.Waiting _,
          ProjectionState.Stopped _ ->
          false;
    };
  }

  private static String tell(ProjectionState state) {
    return switch (state) {
      case ProjectionState.Starting _ -> "starting";
      case ProjectionState.CatchingUp(var end) -> "catching up to " + end;
      case ProjectionState.Following _ -> "following";
      case ProjectionState.Waiting(var reason) -> "waiting: " + reason;
      case ProjectionState.Stopped(var reason) -> "stopped: " + reason;
    };
  }
}
