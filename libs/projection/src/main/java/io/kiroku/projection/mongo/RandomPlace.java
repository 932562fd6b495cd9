package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.gte;

import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import java.util.UUID;
import org.bson.Document;

/// Successive documents from a random id on: ids are mostly UUIDs. The first ones where there are
/// none.
final class RandomPlace {
  private RandomPlace() {}

  static Multi<Document> in(ReactiveMongoCollection<Document> documents, int most) {
    return from(documents, UUID.randomUUID().toString(), most)
        .onCompletion()
        .ifEmpty()
        .switchTo(() -> from(documents, "", most));
  }

  static Multi<Document> from(ReactiveMongoCollection<Document> documents, String id, int most) {
    return documents.find(
        gte("_id", id), new FindOptions().sort(Sorts.ascending("_id")).limit(most));
  }
}
