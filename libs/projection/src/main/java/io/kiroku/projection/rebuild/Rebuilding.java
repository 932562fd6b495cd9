package io.kiroku.projection.rebuild;

import io.kiroku.eventstore.EventLog;
import io.kiroku.projection.Build;
import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ProjectionRunner;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/// What the builder does at each look: tells how far it is, and takes the next step when it is
/// time. The new build's runner does the work; its subscription was there before it read the first
/// event.
final class Rebuilding {
  private final BuildStore store;
  private final EventLog log;
  private final BuildOptions options;
  private final ProjectionRunner next;
  private final long eventsBefore;
  private long lastEvents;
  private long lastNanos = System.nanoTime();

  /// @param eventsBefore what earlier builders had applied
  Rebuilding(
      BuildStore store,
      EventLog log,
      BuildOptions options,
      ProjectionRunner next,
      long eventsBefore) {
    this.store = store;
    this.log = log;
    this.options = options;
    this.next = next;
    this.eventsBefore = eventsBefore;
    this.lastEvents = eventsBefore;
  }

  /// What the builds become, to be stored. Fails if a dependency is away: nothing is lost by that.
  Uni<Builds> step(ProjectionRunner live, Builds builds, Rebuild rebuild) {
    return next.measureLag()
        .flatMap(lag -> {
          Rebuild told = rebuild.at(figures(rebuild.figures(), lag));
          return switch (rebuild.phase()) {
            case BUILDING ->
                hasCaughtUp(lag) ? compare(live, told).map(builds::with) : same(builds, told);
            case COMPARING ->
                lag.upTo() >= rebuild.target() ? decide(live, builds, told) : same(builds, told);
            case WAITING -> same(builds, told);
          };
        });
  }

  private static Uni<Builds> same(Builds builds, Rebuild told) {
    return Uni.createFrom().item(builds.with(told));
  }

  private boolean hasCaughtUp(Lag lag) {
    return lag.exact() && lag.age(Instant.now()).compareTo(options.caughtUp()) <= 0;
  }

  /// First the live documents are counted, then the log: when the new build has applied that much
  /// it cannot have fewer, unless some are missing.
  private Uni<Rebuild> compare(ProjectionRunner live, Rebuild rebuild) {
    return store
        .count(build(live))
        .flatMap(documents -> log.head().map(head -> rebuild.comparing(documents, head)));
  }

  private Uni<Builds> decide(ProjectionRunner live, Builds builds, Rebuild rebuild) {
    return store
        .count(build(next))
        .flatMap(documents ->
            store
                .sample(build(live), build(next))
                .flatMap(sample ->
                    Uni.combine()
                        .all()
                        .unis(live.repairs().parked(), next.repairs().parked())
                        .with((liveParked, nextParked) ->
                            new Comparison(
                                rebuild.liveDocuments(),
                                documents,
                                liveParked.size(),
                                nextParked.size(),
                                sample.compared(),
                                sample.differing(),
                                sample.examples()))))
        .map(found -> concluded(builds, rebuild.waiting(found), found));
  }

  private static Builds concluded(Builds builds, Rebuild waiting, Comparison found) {
    return found.isComplete() && !waiting.hold()
        ? builds.switched(waiting, "", Instant.now())
        : builds.with(waiting);
  }

  private static Build build(ProjectionRunner runner) {
    return (Build) runner.projection();
  }

  private Figures figures(Figures before, Lag lag) {
    long events = eventsBefore + next.status().counters().applied();
    long nowNanos = System.nanoTime();
    double seconds = (nowNanos - lastNanos) / (double) Duration.ofSeconds(1).toNanos();
    double current = (events - lastEvents) / Math.max(seconds, 1e-3);
    lastEvents = events;
    lastNanos = nowNanos;
    double smoothed = before.perSecond() == 0 ? current : before.perSecond() * 0.7 + current * 0.3;
    return new Figures(events, lag.events(), smoothed, lag.upTo(), lag.head());
  }
}
