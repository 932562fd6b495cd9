package io.kiroku.projection.mongo;

import com.mongodb.MongoException;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.smallrye.mutiny.Uni;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;

/// Tells a store that is away from a document that cannot be stored.
final class MongoFailures {
  private MongoFailures() {}

  static <T extends @Nullable Object> Uni<T> translated(Uni<T> call) {
    return call.onFailure(MongoFailures::isTheStores).transform(ReadModelUnavailable::new);
  }

  /// Whatever the driver says that is not about one document is taken for a matter of connection:
  /// it is retried for ever and reported, and no event is blamed for it.
  static boolean isTheStores(Throwable error) {
    return error instanceof MongoException && !isTheDocuments(error);
  }

  static boolean isTheDocuments(Throwable error) {
    return error instanceof BsonMaximumSizeExceededException;
  }
}
