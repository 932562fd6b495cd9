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

/// Finds documents of projections. Fails with [ReadModelUnavailable] if the database does not
/// answer.
@ApplicationScoped
public class ReadModels {
  private final ReactiveMongoDatabase database;

  ReadModels(ReactiveMongoDatabase database) {
    this.database = database;
  }

  public Uni<Optional<Stored>> find(Projection projection, String key) {
    return list(projection, new Document("_id", key), new FindOptions().limit(1))
        .map(found -> found.stream().findFirst());
  }

  public Uni<List<Stored>> list(Projection projection, Document filter, FindOptions options) {
    return database
        .getCollection(MongoReadModelStore.collectionOf(projection))
        .find(filter, options)
        .map(Stored::new)
        .collect()
        .asList()
        .onFailure(MongoException.class)
        .transform(ReadModelUnavailable::new);
  }
}
