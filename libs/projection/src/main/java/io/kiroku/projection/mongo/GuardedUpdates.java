package io.kiroku.projection.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.WriteOutcome;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.Document;

/// Compare-and-set of sub-documents. The guard is the filter of an upsert: where the revision is
/// another one, the filter misses, the upsert tries to insert, and the document's id says no
/// (11000). One round trip, whether the document was there or not.
final class GuardedUpdates {
  /// https://www.mongodb.com/docs/manual/reference/error-codes/
  static final int DUPLICATE_KEY = 11000;

  static final Document ABSENT = new Document("$exists", false);
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final ReactiveMongoCollection<Document> documents;

  GuardedUpdates(ReactiveMongoCollection<Document> documents) {
    this.documents = documents;
  }

  Uni<List<WriteOutcome>> write(List<GuardedWrite> writes) {
    return Uni.createFrom()
        .deferred(() ->
            documents.bulkWrite(writes.stream().map(GuardedUpdates::model).toList(), UNORDERED))
        .map(_ -> allWritten(writes.size()))
        .onFailure(GuardedUpdates::isAboutSingleWrites)
        .recoverWithItem(error -> outcomes(writes.size(), (MongoBulkWriteException) error))
        .onFailure(MongoFailures::isTheDocuments)
        .recoverWithUni(error -> oneByOne(writes, error));
  }

  private static WriteModel<Document> model(GuardedWrite write) {
    String field = write.slot().field();
    Held expected = write.expected();
    Document filter = new Document("_id", write.slot().key());
    filter.append(
        field + "." + Documents.REVISION, expected.isWritten() ? expected.revision() : ABSENT);
    filter.append(field + "." + Documents.MENDS, expected.mends() == 0 ? ABSENT : expected.mends());
    Document set = new Document("$set", new Document(field, Documents.write(write.next())));
    return new UpdateOneModel<>(filter, set, UPSERT);
  }

  /// A document that is too big is refused before anything is sent: find out which one it is.
  private Uni<List<WriteOutcome>> oneByOne(List<GuardedWrite> writes, Throwable error) {
    if (writes.size() == 1) {
      return Uni.createFrom().item(List.of(new WriteOutcome.Refused(String.valueOf(error))));
    }
    return Uni.join()
        .all(writes.stream().map(write -> write(List.of(write)).map(List::getFirst)).toList())
        .andFailFast();
  }

  private static boolean isAboutSingleWrites(Throwable error) {
    return error instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null;
  }

  private static List<WriteOutcome> allWritten(int size) {
    return new ArrayList<>(Collections.nCopies(size, new WriteOutcome.Written()));
  }

  private static List<WriteOutcome> outcomes(int size, MongoBulkWriteException error) {
    List<WriteOutcome> outcomes = allWritten(size);
    for (BulkWriteError single : error.getWriteErrors()) {
      outcomes.set(
          single.getIndex(),
          single.getCode() == DUPLICATE_KEY
              ? new WriteOutcome.Overtaken()
              : new WriteOutcome.Refused(single.getMessage()));
    }
    return outcomes;
  }
}
