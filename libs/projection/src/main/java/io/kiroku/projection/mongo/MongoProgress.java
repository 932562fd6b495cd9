package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.kiroku.projection.Projection;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

/// How far one projection has come, in one document: its watermark, and whether it ever caught up.
final class MongoProgress {
  private static final String POSITION = "position";
  private static final String CAUGHT_UP = "caughtUp";

  private final ReactiveMongoCollection<Document> watermarks;
  private final Projection projection;

  MongoProgress(ReactiveMongoCollection<Document> watermarks, Projection projection) {
    this.watermarks = watermarks;
    this.projection = projection;
  }

  Uni<Long> watermark() {
    return found()
        .map(stored -> stored.get(POSITION, Number.class))
        .map(position -> position == null ? -1L : position.longValue());
  }

  Uni<Void> moveWatermark(long position) {
    return changed(Updates.max(POSITION, position));
  }

  Uni<Boolean> caughtUp() {
    return found().map(stored -> stored.getBoolean(CAUGHT_UP, false));
  }

  Uni<Void> rememberCaughtUp() {
    return changed(Updates.set(CAUGHT_UP, true));
  }

  /// Empty in the beginning.
  private Uni<Document> found() {
    return MongoFailures.translated(
        watermarks
            .find(eq("_id", projection.id()))
            .collect()
            .first()
            .map(stored -> stored == null ? new Document() : stored));
  }

  private Uni<Void> changed(Bson update) {
    return MongoFailures.translated(
        watermarks
            .updateOne(eq("_id", projection.id()), update, new UpdateOptions().upsert(true))
            .replaceWithVoid());
  }
}
