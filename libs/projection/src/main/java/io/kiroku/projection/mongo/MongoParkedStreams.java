package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ParkedStreams;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// Markers as documents, one per parked stream: `<projection>/<stream>`.
final class MongoParkedStreams implements ParkedStreams {
  private static final String HIGHEST_SEEN = "highestSeen";
  private static final String ATTEMPTS = "attempts";

  private final ReactiveMongoCollection<Document> markers;
  private final Projection projection;

  MongoParkedStreams(ReactiveMongoCollection<Document> markers, Projection projection) {
    this.markers = markers;
    this.projection = projection;
  }

  @Override
  public Uni<List<ParkedStream>> all() {
    return MongoFailures.translated(
        markers
            .find(eq("projection", projection.id()))
            .map(MongoParkedStreams::read)
            .collect()
            .asList());
  }

  @Override
  public Uni<Void> add(ParkedStream parked) {
    Document fields = fields(parked);
    fields.remove(HIGHEST_SEEN);
    return MongoFailures.translated(
        markers
            .updateOne(
                byId(parked.stream()),
                new Document("$setOnInsert", fields)
                    .append("$max", new Document(HIGHEST_SEEN, parked.highestSeen())),
                new UpdateOptions().upsert(true))
            .replaceWithVoid());
  }

  @Override
  public Uni<Boolean> seen(StreamId stream, long revision) {
    return MongoFailures.translated(
        markers
            .updateOne(byId(stream), Updates.max(HIGHEST_SEEN, revision))
            .map(result -> result.getMatchedCount() > 0));
  }

  @Override
  public Uni<Boolean> replace(ParkedStream expected, @Nullable ParkedStream next) {
    Bson same = and(byId(expected.stream()), eq(ATTEMPTS, expected.attempts()));
    Uni<Boolean> replaced =
        next == null
            ? markers
                .deleteOne(and(same, lte(HIGHEST_SEEN, expected.highestSeen())))
                .map(result -> result.getDeletedCount() > 0)
            : markers
                .updateOne(same, new Document("$set", fields(next)))
                .map(result -> result.getMatchedCount() > 0);
    return MongoFailures.translated(replaced);
  }

  private Bson byId(StreamId stream) {
    return eq("_id", projection.id() + "/" + stream);
  }

  private Document fields(ParkedStream parked) {
    Instant nextRetry = parked.nextRetry();
    return new Document("projection", projection.id())
        .append("stream", parked.stream().value())
        .append("revision", parked.revision())
        .append(HIGHEST_SEEN, parked.highestSeen())
        .append("error", parked.error())
        .append(ATTEMPTS, parked.attempts())
        .append("nextRetry", nextRetry == null ? null : Date.from(nextRetry));
  }

  private static ParkedStream read(Document marker) {
    Date nextRetry = marker.getDate("nextRetry");
    return new ParkedStream(
        new StreamId(marker.getString("stream")),
        marker.get("revision", Number.class).longValue(),
        marker.get(HIGHEST_SEEN, Number.class).longValue(),
        marker.getString("error"),
        marker.getInteger(ATTEMPTS),
        nextRetry == null ? null : nextRetry.toInstant());
  }
}
