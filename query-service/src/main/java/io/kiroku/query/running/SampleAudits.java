package io.kiroku.query.running;

import io.kiroku.projection.Repeating;
import io.kiroku.projection.engine.ProjectionRunner;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Checks some documents of every live read model against the log, all the time and without haste.
@ApplicationScoped
class SampleAudits {
  private static final Logger LOG = Logger.getLogger(SampleAudits.class);

  private final Projections projections;
  private final QueryConfig config;
  private @Nullable Cancellable running;

  SampleAudits(Projections projections, QueryConfig config) {
    this.projections = projections;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    running =
        Repeating.start(
            this::look,
            config.auditInterval(),
            error -> LOG.errorf(error, "The read models were not audited"));
  }

  void stop(@Observes ShutdownEvent event) {
    if (running != null) {
      running.cancel();
    }
  }

  private Uni<Integer> look() {
    return Multi.createFrom()
        .iterable(projections.live())
        .onItem()
        .transformToUniAndConcatenate(this::sample)
        .collect()
        .last();
  }

  /// What cannot be reached now is looked at another time.
  private Uni<Integer> sample(ProjectionRunner runner) {
    return runner
        .auditor()
        .sample(config.auditDocuments())
        .onFailure()
        .invoke(error -> LOG.debugf("%s not audited: %s", runner.projection().id(), error))
        .onFailure()
        .recoverWithItem(0);
  }
}
