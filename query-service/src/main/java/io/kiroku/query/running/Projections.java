package io.kiroku.query.running;

import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.mongo.MongoBuildStore;
import io.kiroku.projection.mongo.MongoReadModelStore;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything this service projects. A new projection is a new bean, and nothing else. Two that
/// would write into the same documents keep the service from starting.
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
        distinct(projections).stream()
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

  /// Fails with [IllegalStateException] if two have one name, or one collection.
  static List<Projection> distinct(List<Projection> projections) {
    unique(projections, "name", Projection::name);
    unique(projections, "collection", MongoReadModelStore::collectionOf);
    return projections;
  }

  private static void unique(
      List<Projection> projections, String what, Function<Projection, String> of) {
    Map<String, Projection> taken = new HashMap<>();
    for (Projection projection : projections) {
      Projection other = taken.putIfAbsent(of.apply(projection), projection);
      if (other != null) {
        throw new IllegalStateException(
            "Two projections have the %s %s: %s and %s"
                .formatted(
                    what,
                    of.apply(projection),
                    other.getClass().getName(),
                    projection.getClass().getName()));
      }
    }
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
