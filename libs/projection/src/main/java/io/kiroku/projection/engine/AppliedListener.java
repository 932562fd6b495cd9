package io.kiroku.projection.engine;

import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Projection;
import java.util.List;

/// Hears of events whose effect has become durable. Called on the projection's own path: be quick
/// and do not throw.
@FunctionalInterface
public interface AppliedListener {
  /// @param events of one stream, in its order, at least one; they became durable together
  void applied(Projection projection, List<Recorded<?>> events);

  /// A stream's events whose effect this replica found in the documents: another one was faster, or
  /// it has forgotten that it was itself. Comes some time after the effect is durable.
  ///
  /// @param last of them
  default void found(Projection projection, RecordedEvent last) {}
}
