package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.kiroku.projection.Index;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.ParkedStreams;
import io.kiroku.projection.engine.ReadModelStore;
import io.kiroku.projection.engine.SkippedEvents;
import io.kiroku.projection.engine.Slot;
import io.kiroku.projection.engine.WriteOutcome;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/// One projection in MongoDB: its documents in a collection of their own, its watermark and markers
/// in collections shared by all. The database's client must be set up by [DurableSettings].
public final class MongoReadModelStore implements ReadModelStore {
  static final String WATERMARKS = "projection_watermarks";
  static final String PARKED = "projection_parked";

  /// No text is between another one and that with this behind it. The local stand-in of MongoDB
  /// finds the page of an inclusive range by the ids alone.
  private static final char NEXT = 0;

  private final Projection projection;
  private final ReactiveMongoCollection<Document> documents;
  private final Absences absences;
  private final GuardedUpdates updates;
  private final MongoProgress progress;
  private final MongoParkedStreams parked;
  private final MongoSkippedEvents skipped;

  /// Where the last sample ended; replicas begin in different places.
  private volatile String sampledTo;

  /// @param absences of the database's client
  public MongoReadModelStore(
      ReactiveMongoDatabase database, Projection projection, Absences absences) {
    this.projection = projection;
    this.absences = absences;
    this.documents = database.getCollection(collectionOf(projection));
    this.progress = new MongoProgress(database.getCollection(WATERMARKS), projection);
    this.updates = new GuardedUpdates(documents);
    this.parked = new MongoParkedStreams(database.getCollection(PARKED), projection);
    this.skipped = new MongoSkippedEvents(database, projection);
    this.sampledTo = RandomPlace.of(projection);
  }

  public static String collectionOf(Projection projection) {
    return projection.id().replace('-', '_');
  }

  @Override
  public long absences() {
    return absences.count();
  }

  @Override
  public Uni<Void> prepare() {
    return MongoFailures.translated(
        Multi.createFrom()
            .iterable(projection.indexes())
            .onItem()
            .transformToUniAndConcatenate(index -> documents.createIndex(keys(index)))
            .collect()
            .last()
            .replaceWithVoid());
  }

  private static Bson keys(Index index) {
    Document keys = new Document();
    for (String field : index.fields()) {
      boolean descending = field.startsWith("-");
      keys.append(descending ? field.substring(1) : field, descending ? -1 : 1);
    }
    return keys;
  }

  @Override
  public Uni<Map<Slot, Held>> read(Collection<Slot> slots) {
    List<String> keys = slots.stream().map(Slot::key).distinct().toList();
    return MongoFailures.translated(
        documents.find(in("_id", keys)).collect().asList().map(found -> held(slots, found)));
  }

  private static Map<Slot, Held> held(Collection<Slot> slots, List<Document> found) {
    Map<String, Document> byKey = new HashMap<>();
    found.forEach(document -> byKey.put(document.getString("_id"), document));
    Map<Slot, Held> held = new HashMap<>();
    for (Slot slot : slots) {
      Document document = byKey.get(slot.key());
      if (document != null) {
        Document stored = document.get(slot.field(), Document.class);
        held.put(slot, Documents.read(stored, slot.contribution().documentType()));
      }
    }
    return held;
  }

  @Override
  public Uni<List<String>> someKeys(int most) {
    return keys(sampledTo, most)
        .flatMap(found -> found.isEmpty() ? keys("", most) : Uni.createFrom().item(found))
        .invoke(found -> sampledTo = found.isEmpty() ? "" : found.getLast());
  }

  @Override
  public Uni<List<String>> keys(String after, int most) {
    FindOptions options =
        new FindOptions()
            .projection(Projections.include("_id"))
            .sort(Sorts.ascending("_id"))
            .limit(most);
    return MongoFailures.translated(
        documents
            .find(gte("_id", after + NEXT), options)
            .map(document -> document.getString("_id"))
            .collect()
            .asList());
  }

  @Override
  public Uni<List<WriteOutcome>> write(List<GuardedWrite> writes) {
    return MongoFailures.translated(updates.write(writes));
  }

  @Override
  public Uni<Long> watermark() {
    return progress.watermark();
  }

  @Override
  public Uni<Void> moveWatermark(long position) {
    return progress.moveWatermark(position);
  }

  @Override
  public Uni<Boolean> caughtUp() {
    return progress.caughtUp();
  }

  @Override
  public Uni<Void> rememberCaughtUp() {
    return progress.rememberCaughtUp();
  }

  @Override
  public ParkedStreams parked() {
    return parked;
  }

  @Override
  public SkippedEvents skipped() {
    return skipped;
  }
}
