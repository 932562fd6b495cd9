package io.kiroku.stack.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavedCollectionTest {
  private static final int DOCUMENTS = 1000;
  private static final Document ALL = new Document();
  private static final Document LATER = new Document("$gte", 100);

  private final MVStore store = MVStore.open(null);
  private final CursorRegistry cursors = new CursorRegistry();
  private final Indexed database = new Indexed(store, cursors);
  private final Counting orders = new Counting(database, store, cursors);

  @BeforeEach
  void thousandDocuments() {
    orders.addIndex(database.ids());
    orders.addDocuments(
        IntStream.range(0, DOCUMENTS)
            .mapToObj(n ->
                new Document("_id", "order-" + n)
                    .append("revision", 1L)
                    .append("shop", n % 2 == 0 ? "a" : "b")
                    .append("total", n)));
    orders.looked = 0;
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aGuardedUpdateLooksAtItsDocumentOnly() {
    Document result = update("order-7", 1);

    assertThat(result.get("nModified")).isEqualTo(1);
    assertThat(orders.looked).isEqualTo(1);
  }

  @Test
  void aGuardThatMissesChangesNothing() {
    Document result = update("order-7", 5);

    assertThat(result.get("n")).isEqualTo(0);
    assertThat(orders.looked).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(update("order-none", 1).get("n")).isEqualTo(0);
    assertThat(orders.looked).isZero();
  }

  @Test
  void aPageFromAnIdOnLooksAtItsDocumentsOnly() {
    Document from = new Document("_id", new Document("$gte", "order-7"));

    QueryResult page = orders.matchDocuments(from, new Document("_id", 1), 0, 3, 0, ALL);

    assertThat(page).extracting("_id").containsExactly("order-7", "order-70", "order-700");
    assertThat(orders.looked).isEqualTo(3);
  }

  @Test
  void aPageAtTheEndIsShort() {
    Document from = new Document("_id", new Document("$gte", "order-998"));

    assertThat(orders.matchDocuments(from, new Document("_id", 1), 0, 3, 0, ALL))
        .extracting("_id")
        .containsExactly("order-998", "order-999");
  }

  @Test
  void aQueryByAnotherFieldFindsEveryDocument() {
    assertThat(orders.handleQuery(new Document("revision", 1L))).hasSize(DOCUMENTS);
  }

  @Test
  void aPageInTheOrderOfAnIndexLooksAtItsDocumentsOnly() {
    orders.addIndex(database.index("shop", "total", "_id"));
    orders.looked = 0;
    Document asked =
        new Document("$and", List.of(new Document("shop", "b"), new Document("total", LATER)));

    Document newest = new Document("total", -1).append("_id", -1);
    QueryResult page = orders.matchDocuments(asked, newest, 0, 3, 0, ALL);

    assertThat(page).extracting("_id").containsExactly("order-999", "order-997", "order-995");
    assertThat(orders.looked).isEqualTo(3);
  }

  private Document update(String id, long revision) {
    return orders.updateDocuments(
        new Document("_id", id).append("revision", revision),
        new Document("$set", new Document("revision", revision + 1)),
        ArrayFilters.empty(),
        false,
        false,
        NoopOplog.get());
  }

  /// Gives away the index that a collection is made with.
  private static final class Indexed extends SavedDatabase {
    Indexed(MVStore store, CursorRegistry cursors) {
      super("kiroku", store, cursors);
    }

    Index<Object> index(String... fields) {
      var keys = Stream.of(fields).map(field -> new IndexKey(field, true)).toList();
      return openOrCreateSecondaryIndex("orders", String.join("_", fields), keys, false);
    }

    Index<Object> ids() {
      return openOrCreateUniqueIndex("orders", "_id_", List.of(new IndexKey("_id", true)), false);
    }
  }

  /// Counts the documents that are compared with a query.
  private static final class Counting extends SavedCollection {
    private int looked;

    Counting(SavedDatabase database, MVStore store, CursorRegistry cursors) {
      super(
          database,
          "orders",
          CollectionOptions.withDefaults(),
          store.openMap("documents"),
          cursors);
    }

    @Override
    protected boolean documentMatchesQuery(Document document, Document query) {
      looked++;
      return super.documentMatchesQuery(document, query);
    }
  }
}
