package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection that looks at one document when a query names its id, at a page of them when it
/// asks for the next ids, and otherwise at what a [SortedIndex] finds, if there is one. Its
/// parent's index of ids serves a query for the id and nothing else: a guarded update, which asks
/// for a revision too, and an audit's sample from a random id on would look at every document there
/// is.
class SavedCollection extends H2Collection {
  private static final Document BY_ID = new Document("_id", 1);
  private static final Document NATURAL = new Document();

  private final MVMap<Object, Document> documents;

  SavedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> documents,
      MVMap<String, Object> about,
      CursorRegistry cursors) {
    super(database, name, options, documents, about, cursors);
    this.documents = documents;
  }

  /// Nobody asks how large the documents are; to know it, each would be encoded twice more.
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    if (!"_id".equals(getIdField())) {
      return super.matchDocuments(query, orderBy, skip, limit, batchSize, fields);
    }
    // Numbers equal each other across types, so a document is not found by any but a text.
    if (query.get("_id") instanceof String id) {
      return matchDocumentsFromStream(
          Stream.ofNullable(getDocument(id)), query, orderBy, skip, limit, batchSize, fields);
    }
    if (skip == 0 && limit > 0 && BY_ID.equals(orderBy) && begin(query) instanceof String begin) {
      return matchDocumentsFromStream(
          from(begin).limit(limit), query, orderBy, skip, limit, batchSize, fields);
    }
    return QueryPlan.of(query, orderBy, limit > 0, sortedIndexes())
        .map(plan ->
            matchDocumentsFromStream(
                plan.ids().map(this::getDocument).filter(Objects::nonNull),
                query,
                plan.sorted() ? NATURAL : orderBy,
                skip,
                limit,
                batchSize,
                fields))
        .orElseGet(() -> super.matchDocuments(query, orderBy, skip, limit, batchSize, fields));
  }

  private List<SortedIndex> sortedIndexes() {
    return getIndexes().stream()
        .filter(SortedIndex.class::isInstance)
        .map(SortedIndex.class::cast)
        .toList();
  }

  /// Null if the query asks for anything else than ids from one on.
  private static @Nullable Object begin(Document query) {
    return query.get("_id") instanceof Document range && query.size() == 1 && range.size() == 1
        ? range.get("$gte")
        : null;
  }

  /// Texts come one after the other in the map, in the order that queries sort them.
  private Stream<Document> from(String begin) {
    Cursor<Object, Document> cursor = documents.cursor(begin);
    return Stream.generate(() -> cursor.hasNext() && cursor.next() instanceof String)
        .takeWhile(isText -> isText)
        .map(_ -> cursor.getValue());
  }
}
