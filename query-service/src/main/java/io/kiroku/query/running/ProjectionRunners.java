package io.kiroku.query.running;

import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Build;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.AppliedListener;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.kiroku.projection.rebuild.RunnerSource;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Runners on this service's event store and database, seen on `/q/metrics`.
@Singleton
class ProjectionRunners implements RunnerSource {
  private final EventSources sources;
  private final ReactiveMongoDatabase database;
  private final Absences absences;
  private final RunnerOptions options;
  private final AppliedEvents applied;
  private final ProjectionMeters meters;
  private final Map<String, String> serving = new ConcurrentHashMap<>();

  ProjectionRunners(
      EventSources sources,
      ReactiveMongoDatabase database,
      Absences absences,
      QueryConfig config,
      AppliedEvents applied,
      ProjectionMeters meters) {
    this.sources = sources;
    this.database = database;
    this.absences = absences;
    this.options = options(config);
    this.applied = applied;
    this.meters = meters;
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

  @Override
  public ProjectionRunner open(Build build) {
    var documents = new MongoReadModelStore(database, build, absences);
    var runner = new ProjectionRunner(build, sources, documents, options, new Visible(build));
    meters.add(runner);
    return runner;
  }

  /// What a build that answers no queries applies does not become visible.
  private final class Visible implements AppliedListener {
    private final Build build;

    Visible(Build build) {
      this.build = build;
    }

    private boolean isServing() {
      return build.id().equals(serving.get(build.name()));
    }

    @Override
    public void applied(Projection projection, List<Recorded<?>> events) {
      if (isServing()) {
        applied.applied(projection, events);
      }
    }

    @Override
    public void found(Projection projection, RecordedEvent last) {
      if (isServing()) {
        applied.found(projection, last);
      }
    }
  }

  @Override
  public void serving(ProjectionRunner runner) {
    serving.put(runner.projection().name(), runner.projection().id());
  }

  @Override
  public void closed(ProjectionRunner runner) {
    meters.remove(runner);
  }
}
