package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Steps of several streams side by side.
final class Parallel {
  private Parallel() {}

  /// The works that `step` answers; null leaves one out.
  static Uni<List<StreamWork>> each(
      Collection<StreamWork> works, Function<StreamWork, Uni<@Nullable StreamWork>> step) {
    if (works.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.join()
        .all(works.stream().map(step).toList())
        .andFailFast()
        .map(answered -> answered.stream().filter(Objects::nonNull).toList());
  }
}
