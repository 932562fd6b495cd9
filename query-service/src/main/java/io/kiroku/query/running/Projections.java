package io.kiroku.query.running;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.mongo.MongoBuildStore;
import io.kiroku.projection.rebuild.BuildOptions;
import io.kiroku.projection.rebuild.ProjectionBuilds;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything this service projects. A new projection is a new bean, and nothing else.
@ApplicationScoped
public class Projections {
  private final List<ProjectionBuilds> all;

  Projections(
      @All List<Projection> projections,
      EventSources sources,
      ReactiveMongoDatabase database,
      ProjectionRunners runners) {
    var store = new MongoBuildStore(database);
    this.all =
        projections.stream()
            .sorted(Comparator.comparing(Projection::id))
            .map(projection ->
                new ProjectionBuilds(
                    projection,
                    store,
                    sources.feeds(),
                    sources.log(),
                    BuildOptions.DEFAULTS,
                    runners))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    all.forEach(ProjectionBuilds::start);
  }

  void stop(@Observes ShutdownEvent event) {
    all.forEach(ProjectionBuilds::close);
  }

  public List<ProjectionBuilds> all() {
    return all;
  }

  /// What answers queries. Another list once queries have changed over to another build; shorter
  /// than [#all] until the database has said which builds there are.
  public List<ProjectionRunner> live() {
    return all.stream().flatMap(builds -> builds.live().stream()).toList();
  }

  /// Every build that is kept going here.
  public List<ProjectionRunner> running() {
    return all.stream().flatMap(builds -> builds.running().stream()).toList();
  }

  /// What queries of a projection are answered from. Fails with [ReadModelUnavailable] until the
  /// database has said so.
  public ProjectionRunner live(Projection declared) {
    return live(all.stream().filter(builds -> builds.declared().id().equals(declared.id())))
        .orElseThrow(() -> new IllegalArgumentException(declared.id() + " is unknown"));
  }

  /// What shows a stream. Fails like [#live(Projection)].
  Optional<ProjectionRunner> following(StreamId stream) {
    return live(all.stream().filter(builds -> follows(builds.declared(), stream)));
  }

  /// Those of some projections that show a stream. Fails like [#live(Projection)].
  Stream<ProjectionRunner> following(StreamId stream, List<Projection> among) {
    return among.stream().filter(declared -> follows(declared, stream)).map(this::live);
  }

  private static boolean follows(Projection declared, StreamId stream) {
    return declared.contributions().stream()
        .anyMatch(part -> part.category().equals(stream.category()));
  }

  private static Optional<ProjectionRunner> live(Stream<ProjectionBuilds> found) {
    return found
        .findFirst()
        .map(builds ->
            builds
                .live()
                .orElseThrow(() ->
                    new ReadModelUnavailable(
                        new IllegalStateException(
                            "Which build is live is not known: " + builds.declared().id()))));
  }

  /// By name the live build, by id any that is kept going here. Fails with `NOT_FOUND`.
  public ProjectionRunner named(String name) {
    return first(live(), runner -> name.equals(runner.projection().name()))
        .or(() -> first(running(), runner -> name.equals(runner.projection().id())))
        .orElseThrow(Projections::notFound);
  }

  /// All builds of the projection of that name. Fails with `NOT_FOUND`.
  public ProjectionBuilds builds(String name) {
    return first(all, builds -> name.equals(builds.declared().name()))
        .orElseThrow(Projections::notFound);
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).findFirst();
  }

  private static RuntimeException notFound() {
    return Errors.notFound("PROJECTION_NOT_FOUND", "There is no such projection here.");
  }
}
