package io.kiroku.projection.rebuild;

import io.kiroku.projection.Projection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// What operators decide about the builds of one projection. Each change is one compare-and-set;
/// instances hear of it at their next look. Everything fails with [ReadModelUnavailable] when the
/// store is down, and with [RebuildRefused] where it makes no sense.
public final class BuildChanges {
  private static final int ATTEMPTS_MOST = 20;

  private final Projection declared;
  private final BuildStore store;

  BuildChanges(Projection declared, BuildStore store) {
    this.declared = declared;
    this.store = store;
  }

  /// The builds as they are stored now.
  public Uni<Builds> builds() {
    return store.builds(declared);
  }

  /// Begins to build anew; one that is under way is left alone and answered.
  ///
  /// @param hold whether an operator is to switch, also if nothing is missing
  public Uni<Builds> rebuild(String actor, boolean hold) {
    return of(now -> now.next() == null ? now.begun(actor, hold, Instant.now()) : now);
  }

  /// Lets queries change over to the build that waits.
  public Uni<Builds> switchOver(String actor) {
    return of(now -> {
      Rebuild rebuild = beingBuilt(now);
      if (rebuild.phase() != Phase.WAITING) {
        throw new RebuildRefused(RebuildRefused.Reason.REBUILD_NOT_READY);
      }
      return now.switched(rebuild, actor, Instant.now());
    });
  }

  /// Gives the build up that is not live yet, and clears it away.
  public Uni<Builds> cancel(String actor) {
    return of(now -> now.cancelled(beingBuilt(now), actor, Instant.now()));
  }

  /// Lets queries change back to the build that was live before; the other is kept.
  public Uni<Builds> rollback() {
    return of(now -> needKept(now).rolledBack());
  }

  /// Clears the build away that was live before.
  public Uni<Builds> dropKept() {
    return of(now -> needKept(now).withoutKept(Instant.now()));
  }

  private static Rebuild beingBuilt(Builds now) {
    Rebuild next = now.next();
    if (next == null) {
      throw new RebuildRefused(RebuildRefused.Reason.NOTHING_REBUILT);
    }
    return next;
  }

  private static Builds needKept(Builds now) {
    if (now.kept() == Builds.NONE) {
      throw new RebuildRefused(RebuildRefused.Reason.NOTHING_KEPT);
    }
    return now;
  }

  /// @param how answers its argument if there is nothing to change
  Uni<Builds> of(UnaryOperator<Builds> how) {
    return attempt(how, ATTEMPTS_MOST);
  }

  private Uni<Builds> attempt(UnaryOperator<Builds> how, int left) {
    return builds()
        .flatMap(now -> {
          Builds next = how.apply(now);
          return next.change() == now.change()
              ? Uni.createFrom().item(now)
              : store
                  .replace(declared, now, next)
                  .flatMap(
                      replaced -> replaced ? Uni.createFrom().item(next) : again(how, left - 1));
        });
  }

  private Uni<Builds> again(UnaryOperator<Builds> how, int left) {
    return left > 0
        ? attempt(how, left)
        : Uni.createFrom().failure(new RebuildRefused(RebuildRefused.Reason.REBUILD_CONTENDED));
  }
}
