package io.kiroku.projection.rebuild;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.EventLog;
import io.kiroku.projection.Build;
import io.kiroku.projection.Projection;
import io.kiroku.projection.Repeating;
import io.kiroku.projection.engine.ProjectionRunner;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps all builds of one projection going on this instance, and follows what is said about them:
/// by its operators here or elsewhere, and by whichever instance builds a new one. Looks again
/// every second or so, for ever; while the store is away, everything stays as it was.
public final class ProjectionBuilds implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ProjectionBuilds.class);

  private final Projection declared;
  private final BuildStore store;
  private final EventFeeds feeds;
  private final EventLog log;
  private final BuildOptions options;
  private final RunnerSource source;
  private final BuildRunners runners;
  private final BuildChanges changes;
  private final String instance = UUID.randomUUID().toString();
  private volatile @Nullable ProjectionRunner live;
  private @Nullable Rebuilding rebuilding;
  private @Nullable Cancellable looking;

  public ProjectionBuilds(
      Projection declared,
      BuildStore store,
      EventFeeds feeds,
      EventLog log,
      BuildOptions options,
      RunnerSource source) {
    this.declared = declared;
    this.store = store;
    this.feeds = feeds;
    this.log = log;
    this.options = options;
    this.source = source;
    this.runners = new BuildRunners(declared, source);
    this.changes = new BuildChanges(declared, store);
  }

  public synchronized void start() {
    if (looking == null) {
      looking =
          Repeating.start(
              this::look,
              options.refresh(),
              error -> LOG.debugf("%s: builds not looked at: %s", declared.id(), error));
    }
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.cancel();
    }
    runners.close();
  }

  public Projection declared() {
    return declared;
  }

  /// The build that answers queries; empty until the store has said which. Changes at a switch.
  public Optional<ProjectionRunner> live() {
    return Optional.ofNullable(live);
  }

  /// The builds that are kept going here.
  public List<ProjectionRunner> running() {
    return runners.all();
  }

  /// What operators may ask for, and what is said about the builds.
  public BuildChanges changes() {
    return changes;
  }

  private Uni<Void> look() {
    return changes.builds().invoke(this::follow).flatMap(this::clear).flatMap(this::build);
  }

  private void follow(Builds builds) {
    Rebuild next = builds.next();
    Set<Integer> wanted = new HashSet<>(Set.of(builds.live()));
    if (builds.kept() != Builds.NONE) {
      wanted.add(builds.kept());
    }
    if (next != null && next.isOwnedBy(instance)) {
      wanted.add(next.number());
    }
    runners.keep(wanted);
    ProjectionRunner now = runners.of(builds.live());
    if (now != null && now != live) {
      live = now;
      source.serving(now);
      LOG.infof("Queries of %s are answered from %s", declared.name(), now.projection().id());
    }
  }

  private Uni<Builds> clear(Builds builds) {
    if (builds.dropped().isEmpty()) {
      return Uni.createFrom().item(builds);
    }
    Instant now = Instant.now();
    boolean done = builds.dropped().stream().anyMatch(it -> !it.until().isAfter(now));
    return Multi.createFrom()
        .iterable(builds.dropped())
        .map(dropped -> new Build(declared, dropped.number()))
        .onItem()
        .transformToUniAndConcatenate(
            build -> store.clear(build).flatMap(_ -> feeds.remove(build.id())))
        .collect()
        .last()
        .flatMap(_ ->
            done ? changes.of(current -> current.cleared(now)) : Uni.createFrom().item(builds));
  }

  private Uni<Void> build(Builds builds) {
    Rebuild next = builds.next();
    Instant now = Instant.now();
    if (next == null) {
      rebuilding = null;
      return Uni.createFrom().voidItem();
    }
    if (!next.isOwnedBy(instance)) {
      rebuilding = null;
      return next.mayBeTakenAt(now) || next.owner().isEmpty()
          ? replace(builds, builds.with(next.owned(instance, now.plus(options.lease()))))
          : Uni.createFrom().voidItem();
    }
    ProjectionRunner from = live;
    ProjectionRunner to = runners.of(next.number());
    if (from == null || to == null) {
      return Uni.createFrom().voidItem();
    }
    if (rebuilding == null) {
      rebuilding = new Rebuilding(store, log, options, to, next.figures().events());
    }
    return rebuilding
        .step(from, builds, next.owned(instance, now.plus(options.lease())))
        .flatMap(after -> replace(builds, after));
  }

  /// Who is overtaken looks again; who is not follows at once.
  private Uni<Void> replace(Builds expected, Builds next) {
    return store
        .replace(declared, expected, next)
        .invoke(replaced -> {
          if (replaced) {
            follow(next);
          }
        })
        .replaceWithVoid();
  }
}
