package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection that looks at one document when a query names its id, at a page of them when it
/// asks for the next ids, and otherwise at what a [SortedIndex] finds, if there is one. The
/// library's own on H2 looks at every document for anything but the bare id: for a guarded update,
/// which asks for a revision too, and for an audit's sample from a random id on.
class SavedCollection extends AbstractSynchronizedMongoCollection<Object> {
  private static final Document BY_ID = new Document("_id", 1);
  private static final Document NATURAL = new Document();
  private static final Comparator<Object> LAST_FIRST = ValueComparator.desc();

  private final MVMap<Object, byte[]> documents;

  SavedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, byte[]> documents,
      CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    String idField = getIdField();
    Object id = idField == null ? UUID.randomUUID() : Utils.getSubdocumentValue(document, idField);
    Object position = Missing.ofNullable(id);
    if (documents.putIfAbsent(position, Bson.encode(document)) != null) {
      throw new IllegalStateException("there is a document at " + position);
    }
    return position;
  }

  @Override
  protected void handleUpdate(Object position, Document before, Document after) {
    documents.put(Missing.ofNullable(position), Bson.encode(after));
  }

  @Override
  protected void removeDocument(Object position) {
    if (documents.remove(position) == null) {
      throw new NoSuchElementException("no document at " + position);
    }
  }

  @Override
  protected @Nullable Document getDocument(Object position) {
    byte[] bson = documents.get(position);
    return bson == null ? null : Bson.decode(bson);
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  /// Nobody asks how large the documents are; to know it, each would be encoded twice more.
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int difference) {
    // It is not tracked.
  }

  @Override
  protected int getDataSize() {
    return documents.values().stream().mapToInt(bson -> bson.length).sum();
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    if (!"_id".equals(getIdField())) {
      return matchAll(query, orderBy, skip, limit, batchSize, fields);
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
        .orElseGet(() -> matchAll(query, orderBy, skip, limit, batchSize, fields));
  }

  private QueryResult matchAll(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    Stream<DocumentWithPosition<Object>> all = streamAllDocumentsWithPosition();
    if (isNaturalDescending(orderBy)) {
      all = all.sorted(Comparator.comparing(DocumentWithPosition::getPosition, LAST_FIRST));
    }
    return matchDocumentsFromStream(
        all.map(DocumentWithPosition::getDocument), query, orderBy, skip, limit, batchSize, fields);
  }

  @Override
  protected boolean documentMatchesQuery(Document document, Document query) {
    Explanation.look();
    return super.documentMatchesQuery(document, query);
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
    Cursor<Object, byte[]> cursor = documents.cursor(begin);
    return Stream.generate(() -> cursor.hasNext() && cursor.next() instanceof String)
        .takeWhile(isText -> isText)
        .map(_ -> Bson.decode(cursor.getValue()));
  }
}
