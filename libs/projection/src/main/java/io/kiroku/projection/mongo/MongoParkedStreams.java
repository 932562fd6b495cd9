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
  private static final String REVISION = "revision";
  private static final String NEXT_RETRY = "nextRetry";
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
        markers.find(OwnedBy.all(projection)).map(MongoParkedStreams::read).collect().asList());
  }

  @Override
  public Uni<@Nullable ParkedStream> find(StreamId stream) {
    return MongoFailures.translated(
        markers
            .find(byId(stream))
            .collect()
            .first()
            .map(found -> found == null ? null : read(found)));
  }

  @Override
  public Uni<Void> add(ParkedStream parked) {
    return MongoFailures.translated(
        markers
            .updateOne(
                byId(parked.stream()),
                changed("$setOnInsert", parked),
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
    Bson same =
        and(
            byId(expected.stream()),
            eq(REVISION, expected.revision()),
            eq(ATTEMPTS, expected.attempts()),
            eq(NEXT_RETRY, date(expected.nextRetry())));
    Uni<Boolean> replaced =
        next == null
            ? markers
                .deleteOne(and(same, lte(HIGHEST_SEEN, expected.highestSeen())))
                .map(result -> result.getDeletedCount() > 0)
            : markers
                .updateOne(same, changed("$set", next))
                .map(result -> result.getMatchedCount() > 0);
    return MongoFailures.translated(replaced);
  }

  private Bson byId(StreamId stream) {
    return eq("_id", OwnedBy.id(projection, stream.value()));
  }

  /// What was seen meanwhile stays seen: it was acknowledged.
  private Document changed(String operator, ParkedStream to) {
    return new Document(operator, fields(to))
        .append("$max", new Document(HIGHEST_SEEN, to.highestSeen()));
  }

  private Document fields(ParkedStream parked) {
    return new Document("projection", projection.id())
        .append("stream", parked.stream().value())
        .append(REVISION, parked.revision())
        .append("error", parked.error())
        .append(ATTEMPTS, parked.attempts())
        .append(NEXT_RETRY, date(parked.nextRetry()));
  }

  private static @Nullable Date date(@Nullable Instant at) {
    return at == null ? null : Date.from(at);
  }

  private static ParkedStream read(Document marker) {
    Date nextRetry = marker.getDate(NEXT_RETRY);
    return new ParkedStream(
        new StreamId(marker.getString("stream")),
        marker.get(REVISION, Number.class).longValue(),
        marker.get(HIGHEST_SEEN, Number.class).longValue(),
        marker.getString("error"),
        marker.getInteger(ATTEMPTS),
        nextRetry == null ? null : nextRetry.toInstant());
  }
}
