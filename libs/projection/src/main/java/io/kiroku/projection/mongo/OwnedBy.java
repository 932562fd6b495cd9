package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import io.kiroku.projection.Projection;
import org.bson.conversions.Bson;

/// Documents that belong to one projection, in a collection that all share: their ids begin with
/// its id. Every replica asks for them each second, so they are found by the one index that every
/// collection has.
final class OwnedBy {
  private static final char SEPARATOR = '/';
  private static final char AFTER_SEPARATOR = SEPARATOR + 1;

  private OwnedBy() {}

  /// Of what belongs to a projection under a name.
  static String id(Projection projection, String name) {
    return projection.id() + SEPARATOR + name;
  }

  /// All that belongs to a projection.
  static Bson all(Projection projection) {
    return and(
        gte("_id", projection.id() + SEPARATOR), lt("_id", projection.id() + AFTER_SEPARATOR));
  }
}
