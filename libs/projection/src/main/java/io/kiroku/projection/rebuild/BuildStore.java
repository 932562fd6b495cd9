package io.kiroku.projection.rebuild;

import io.kiroku.projection.Build;
import io.kiroku.projection.Projection;
import io.smallrye.mutiny.Uni;

/// Where builds are kept. Everything fails with [ReadModelUnavailable] when the store is down.
public interface BuildStore {
  /// [Builds#INITIAL] if nothing was ever said.
  Uni<Builds> builds(Projection declared);

  /// Compare-and-set by [Builds#change]; false if they have been changed meanwhile.
  Uni<Boolean> replace(Projection declared, Builds expected, Builds next);

  /// How many documents a build has, tombstones included.
  Uni<Long> count(Build build);

  /// Compares a sample of the live build's documents with another's. Counts nothing.
  Uni<Sample> sample(Build live, Build next);

  /// Removes everything that was kept for a build; idempotent.
  Uni<Void> clear(Build build);
}
