package io.kiroku.projection.rebuild;

import io.kiroku.projection.Build;
import io.kiroku.projection.engine.ProjectionRunner;

/// Makes the runners of builds, and hears when they are no longer needed.
public interface RunnerSource {
  /// Not started yet.
  ProjectionRunner open(Build build);

  /// Queries are answered from it now.
  default void serving(ProjectionRunner runner) {}

  /// It has been closed.
  default void closed(ProjectionRunner runner) {}
}
