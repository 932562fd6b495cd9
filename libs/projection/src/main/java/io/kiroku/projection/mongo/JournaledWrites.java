package io.kiroku.projection.mongo;

import com.mongodb.WriteConcern;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.FlowAdapters;

/// Writes of what operators decided. The log does not know it, so nothing would bring it back: they
/// are answered once they are in the database's journal, whatever else its configuration promises.
final class JournaledWrites {
  private final MongoCollection<Document> documents;

  JournaledWrites(ReactiveMongoDatabase database, String collection) {
    this.documents =
        database
            .unwrap()
            .getCollection(collection)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  /// Fails like the driver does.
  Uni<UpdateResult> upsert(Bson filter, Bson update) {
    return Uni.createFrom()
        .publisher(
            FlowAdapters.toFlowPublisher(
                documents.updateOne(filter, update, new UpdateOptions().upsert(true))));
  }
}
