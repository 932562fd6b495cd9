package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// The [Skip]s of one projection. Same failures as [ReadModelStore].
public interface SkippedEvents {
  /// Oldest first.
  Uni<List<Skip>> all();

  /// Durable when it completes. Recording the same events again leaves the first record as it is.
  Uni<Void> record(Skip skip);
}
