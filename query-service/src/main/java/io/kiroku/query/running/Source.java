package io.kiroku.query.running;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import java.util.function.Predicate;

/// A read model that a query is answered from. Several may follow a stream; a query waits for its
/// own.
///
/// @param matters whether the answer depends on a stream, of those that the projection follows
public record Source(Projection projection, Predicate<StreamId> matters) {
  /// For what is told of many documents.
  public static Source all(Projection projection) {
    return new Source(projection, _ -> true);
  }

  /// For what is told of one document.
  public static Source one(Projection projection, String key) {
    return new Source(projection, stream -> stream.id().equals(key));
  }
}
