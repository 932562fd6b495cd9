package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.Projection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which slot of a projection a stream fills.
final class Slots {
  private final Map<String, Contribution<?, ?>> byCategory;

  Slots(Projection projection) {
    this.byCategory =
        projection.contributions().stream()
            .collect(Collectors.toUnmodifiableMap(Contribution::category, Function.identity()));
  }

  boolean follows(StreamId stream) {
    return byCategory.containsKey(stream.category());
  }

  Slot of(StreamId stream) {
    Contribution<?, ?> contribution = byCategory.get(stream.category());
    if (contribution == null) {
      throw new IllegalArgumentException(stream + " is not followed here");
    }
    return new Slot(stream, contribution);
  }
}
