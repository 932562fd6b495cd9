package io.kiroku.projection.engine;

import io.kiroku.eventstore.Recorded;
import io.kiroku.projection.Projection;
import java.util.List;

/// Hears of events whose effect has become durable. Called on the projection's own path: be quick
/// and do not throw.
@FunctionalInterface
public interface AppliedListener {
  /// @param events of one stream, in its order, at least one; they became durable together
  void applied(Projection projection, List<Recorded<?>> events);
}
