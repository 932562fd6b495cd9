package io.kiroku.stack;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/// A collection that looks at one document when a query names its id. Its parent's index of ids
/// serves a query for the id and nothing else: a guarded update, which asks for a revision too,
/// would look at every document there is.
class SavedCollection extends H2Collection {
  SavedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> documents,
      MVMap<String, Object> about,
      CursorRegistry cursors) {
    super(database, name, options, documents, about, cursors);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    // Numbers equal each other across types, so a document is not found by any but a text.
    return "_id".equals(getIdField()) && query.get("_id") instanceof String id
        ? matchDocumentsFromStream(
            Stream.ofNullable(getDocument(id)), query, orderBy, skip, limit, batchSize, fields)
        : super.matchDocuments(query, orderBy, skip, limit, batchSize, fields);
  }
}
