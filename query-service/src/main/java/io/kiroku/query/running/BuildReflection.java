package io.kiroku.query.running;

import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Comparison;
import io.kiroku.projection.rebuild.Dropped;
import io.kiroku.projection.rebuild.Ended;
import io.kiroku.projection.rebuild.Figures;
import io.kiroku.projection.rebuild.Phase;
import io.kiroku.projection.rebuild.Rebuild;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What is stored about builds, for native executables.
@RegisterForReflection(
    targets = {
      Builds.class,
      Rebuild.class,
      Figures.class,
      Comparison.class,
      Phase.class,
      Dropped.class,
      Ended.class
    })
final class BuildReflection {
  private BuildReflection() {}
}
