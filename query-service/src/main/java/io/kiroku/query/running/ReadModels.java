package io.kiroku.query.running;

import com.mongodb.MongoException;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// Finds documents of projections, in whichever build is live. Fails with [ReadModelUnavailable] if
/// the database does not answer.
@ApplicationScoped
public class ReadModels {
  private final ReactiveMongoDatabase database;
  private final Projections projections;

  ReadModels(ReactiveMongoDatabase database, Projections projections) {
    this.database = database;
    this.projections = projections;
  }

  public Uni<Optional<Stored>> find(Projection projection, String key) {
    return list(projection, new Document("_id", key), new FindOptions().limit(1))
        .map(found -> found.stream().findFirst());
  }

  public Uni<List<Stored>> list(Projection projection, Document filter, FindOptions options) {
    Projection live = projections.live(projection).projection();
    return database
        .getCollection(MongoReadModelStore.collectionOf(live))
        .find(filter, options)
        .map(Stored::new)
        .collect()
        .asList()
        .onFailure(MongoException.class)
        .transform(ReadModelUnavailable::new);
  }
}
