package io.kiroku.projection.engine;

import io.kiroku.eventstore.Recorded;
import io.kiroku.projection.Projection;

/// Hears of each event whose effect has become durable. Called on the projection's own path: be
/// quick and do not throw.
@FunctionalInterface
public interface AppliedListener {
  void applied(Projection projection, Recorded<?> recorded);
}
