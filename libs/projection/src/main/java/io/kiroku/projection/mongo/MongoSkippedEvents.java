package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Sorts;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.Skip;
import io.kiroku.projection.engine.SkippedEvents;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/// Skips as documents: `<projection>/<stream>@<from>-<through>`.
final class MongoSkippedEvents implements SkippedEvents {
  static final String COLLECTION = "projection_skipped";

  private final ReactiveMongoCollection<Document> skips;
  private final JournaledWrites decisions;
  private final Projection projection;

  MongoSkippedEvents(ReactiveMongoDatabase database, Projection projection) {
    this.skips = database.getCollection(COLLECTION);
    this.decisions = new JournaledWrites(database, COLLECTION);
    this.projection = projection;
  }

  @Override
  public Uni<List<Skip>> all() {
    return MongoFailures.translated(
        skips
            .find(OwnedBy.all(projection), new FindOptions().sort(Sorts.ascending("at")))
            .map(MongoSkippedEvents::read)
            .collect()
            .asList());
  }

  @Override
  public Uni<Void> record(Skip skip) {
    String events = "%s@%d-%d".formatted(skip.stream(), skip.from(), skip.through());
    Document fields =
        new Document("projection", projection.id())
            .append("stream", skip.stream().value())
            .append("from", skip.from())
            .append("through", skip.through())
            .append("error", skip.error())
            .append("actor", skip.actor())
            .append("reason", skip.reason())
            .append("at", Date.from(skip.at()));
    return MongoFailures.translated(
        decisions
            .upsert(eq("_id", OwnedBy.id(projection, events)), new Document("$setOnInsert", fields))
            .replaceWithVoid());
  }

  private static Skip read(Document skip) {
    return new Skip(
        new StreamId(skip.getString("stream")),
        skip.get("from", Number.class).longValue(),
        skip.get("through", Number.class).longValue(),
        skip.getString("error"),
        skip.getString("actor"),
        skip.getString("reason"),
        skip.getDate("at").toInstant());
  }
}
