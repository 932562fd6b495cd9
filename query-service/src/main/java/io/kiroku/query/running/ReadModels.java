package io.kiroku.query.running;

import com.mongodb.MongoException;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Multi;
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
  private final DocumentCache cache;

  ReadModels(ReactiveMongoDatabase database, Projections projections, DocumentCache cache) {
    this.database = database;
    this.projections = projections;
    this.cache = cache;
  }

  /// May be a moment old, see [DocumentCache]; never older than what [Consistency] waited for.
  public Uni<Optional<Stored>> find(Projection projection, String key) {
    return Uni.createFrom()
        .deferred(() ->
            cache.find(
                collection(projection),
                key,
                () ->
                    list(projection, new Document("_id", key), new FindOptions().limit(1))
                        .map(found -> found.stream().findFirst())));
  }

  public Uni<List<Stored>> list(Projection projection, Document filter, FindOptions options) {
    return all(documents(projection).find(filter, options).map(Stored::new));
  }

  /// What the database makes of the documents, stage by stage.
  public Uni<List<Document>> aggregate(Projection projection, List<Document> stages) {
    return all(documents(projection).aggregate(stages));
  }

  public Uni<Long> count(Projection projection, Document filter) {
    return told(documents(projection).countDocuments(filter));
  }

  /// About how many documents there are, of all tenants and deleted ones included. Costs nothing:
  /// the database knows it.
  public Uni<Long> estimatedCount(Projection projection) {
    return told(documents(projection).estimatedDocumentCount());
  }

  /// What a stage finds a projection's documents by.
  public String collection(Projection projection) {
    return MongoReadModelStore.collectionOf(projections.live(projection).projection());
  }

  private ReactiveMongoCollection<Document> documents(Projection projection) {
    return database.getCollection(collection(projection));
  }

  private static <T> Uni<List<T>> all(Multi<T> found) {
    return told(found.collect().asList());
  }

  private static <T> Uni<T> told(Uni<T> answer) {
    return answer.onFailure(MongoException.class).transform(ReadModelUnavailable::new);
  }
}
