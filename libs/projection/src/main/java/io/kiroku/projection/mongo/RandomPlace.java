package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.gte;

import com.mongodb.client.model.Sorts;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.Projection;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;

/// Successive documents from some id on; the first ones where there are none.
final class RandomPlace {
  private RandomPlace() {}

  /// An id that a document of the projection could have: streams mostly have UUIDs.
  static String of(Projection projection) {
    List<Contribution<?, ?>> parts = projection.contributions();
    Contribution<?, ?> part = parts.get(ThreadLocalRandom.current().nextInt(parts.size()));
    return part.key(StreamId.of(part.category(), UUID.randomUUID().toString()));
  }

  static Multi<Document> in(ReactiveMongoCollection<Document> documents, String place, int most) {
    return from(documents, place, most)
        .onCompletion()
        .ifEmpty()
        .switchTo(() -> from(documents, "", most));
  }

  static Multi<Document> from(ReactiveMongoCollection<Document> documents, String id, int most) {
    return documents.find(
        gte("_id", id), new FindOptions().sort(Sorts.ascending("_id")).limit(most));
  }
}
