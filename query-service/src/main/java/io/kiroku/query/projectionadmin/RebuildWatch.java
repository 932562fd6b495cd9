package io.kiroku.query.projectionadmin;

import io.kiroku.projection.rebuild.BuildChanges;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Ended;
import io.kiroku.projection.rebuild.Phase;
import io.kiroku.projection.rebuild.Rebuild;
import io.kiroku.proto.projection.v1.RebuildProgress;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Set;

/// Looks at a rebuild, wherever it is built, until somebody has to decide or it has ended.
final class RebuildWatch {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Included.
  private static final Set<String> LAST = Set.of(Phase.WAITING.name(), "SWITCHED", "CANCELLED");

  private RebuildWatch() {}

  static Multi<RebuildProgress> of(BuildChanges changes, int number) {
    return Multi.createBy()
        .repeating()
        .uni(() -> changes.builds().map(builds -> progress(builds, number)))
        .withDelay(PAUSE)
        .whilst(progress -> !LAST.contains(progress.getPhase()));
  }

  private static RebuildProgress progress(Builds builds, int number) {
    Rebuild next = builds.next();
    if (next != null && next.number() == number) {
      return RebuildMessages.progress(next, next.phase().name());
    }
    Ended ended = builds.ended();
    return ended != null && ended.rebuild().number() == number
        ? RebuildMessages.progress(ended)
        : RebuildProgress.newBuilder().setBuild(number).setPhase("CANCELLED").build();
  }
}
