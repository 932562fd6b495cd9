package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import io.kiroku.projection.Build;
import io.kiroku.projection.Projection;
import io.kiroku.projection.rebuild.BuildStore;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Sample;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// Builds in MongoDB: one document says which there are, each has a collection of its own. The
/// database's client must be set up by [DurableSettings].
public final class MongoBuildStore implements BuildStore {
  private static final String STATES = "projection_builds";
  private static final String BUILDS = "builds";
  private static final String CHANGE = "change";

  private final ReactiveMongoDatabase database;
  private final ReactiveMongoCollection<Document> states;
  private final JournaledWrites decisions;

  public MongoBuildStore(ReactiveMongoDatabase database) {
    this.database = database;
    this.states = database.getCollection(STATES);
    this.decisions = new JournaledWrites(database, STATES);
  }

  @Override
  public Uni<Builds> builds(Projection declared) {
    return MongoFailures.translated(
        states.find(eq("_id", declared.id())).collect().first().map(MongoBuildStore::read));
  }

  private static Builds read(@Nullable Document stored) {
    Builds builds =
        stored == null ? null : Documents.content(stored.get(BUILDS, Document.class), Builds.class);
    return builds == null ? Builds.INITIAL : builds;
  }

  /// As in [GuardedUpdates]: where the guard misses, the upsert runs into the document's id.
  @Override
  public Uni<Boolean> replace(Projection declared, Builds expected, Builds next) {
    Document guard =
        new Document("_id", declared.id())
            .append(CHANGE, expected.change() == 0 ? GuardedUpdates.ABSENT : expected.change());
    Document set = new Document(BUILDS, Documents.fields(next)).append(CHANGE, next.change());
    return MongoFailures.translated(
        decisions
            .upsert(guard, new Document("$set", set))
            .replaceWith(true)
            .onFailure(MongoBuildStore::isOvertaken)
            .recoverWithItem(false));
  }

  private static boolean isOvertaken(Throwable error) {
    return error instanceof MongoWriteException write
        && write.getCode() == GuardedUpdates.DUPLICATE_KEY;
  }

  @Override
  public Uni<Long> count(Build build) {
    return MongoFailures.translated(documents(build).countDocuments());
  }

  @Override
  public Uni<Sample> sample(Build live, Build next) {
    return MongoFailures.translated(
        new SampledDocuments(live, documents(live), documents(next)).compare());
  }

  @Override
  public Uni<Void> clear(Build build) {
    return MongoFailures.translated(
        documents(build)
            .drop()
            .flatMap(_ -> forget(MongoReadModelStore.WATERMARKS, eq("_id", build.id())))
            .flatMap(_ -> forget(MongoReadModelStore.PARKED, OwnedBy.all(build)))
            .flatMap(_ -> forget(MongoSkippedEvents.COLLECTION, OwnedBy.all(build))));
  }

  private Uni<Void> forget(String collection, Bson which) {
    return database.getCollection(collection).deleteMany(which).replaceWithVoid();
  }

  private ReactiveMongoCollection<Document> documents(Build build) {
    return database.getCollection(MongoReadModelStore.collectionOf(build));
  }
}
