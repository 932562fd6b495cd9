package io.kiroku.query.running;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.kiroku.service.error.Errors;
import io.quarkus.arc.All;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Everything this service projects. A new projection is a new bean, and nothing else.
@ApplicationScoped
public class Projections {
  private final List<ProjectionRunner> runners;

  Projections(
      @All List<Projection> projections,
      EventSources sources,
      ReactiveMongoDatabase database,
      QueryConfig config,
      AppliedEvents applied) {
    this.runners =
        projections.stream()
            .sorted(Comparator.comparing(Projection::id))
            .map(projection ->
                new ProjectionRunner(
                    projection,
                    sources,
                    new MongoReadModelStore(database, projection),
                    options(config),
                    applied))
            .toList();
  }

  private static RunnerOptions options(QueryConfig config) {
    RunnerOptions defaults = RunnerOptions.DEFAULTS;
    return new RunnerOptions(
        defaults.batchMost(),
        config.cachedStreams(),
        config.watermarkInterval(),
        config.retryDelays(),
        config.parkedRefresh(),
        config.lagInterval(),
        defaults.backoffFirst(),
        defaults.backoffMost());
  }

  void start(@Observes StartupEvent event) {
    runners.forEach(ProjectionRunner::start);
  }

  void stop(@Observes ShutdownEvent event) {
    runners.forEach(ProjectionRunner::close);
  }

  public List<ProjectionRunner> all() {
    return runners;
  }

  /// By name or id. Fails with `NOT_FOUND` for one that is not kept going here.
  public ProjectionRunner named(String name) {
    return runners.stream()
        .filter(runner ->
            name.equals(runner.projection().name()) || name.equals(runner.projection().id()))
        .findFirst()
        .orElseThrow(
            () -> Errors.notFound("PROJECTION_NOT_FOUND", "There is no such projection here."));
  }

  /// The projection that shows a stream.
  Optional<ProjectionRunner> following(StreamId stream) {
    return runners.stream().filter(runner -> runner.follows(stream)).findFirst();
  }
}
