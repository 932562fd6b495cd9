package io.kiroku.query.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.kiroku.proto.query.v1.SalesRow;
import io.kiroku.query.MongoStandIn;
import io.kiroku.query.OneKey;
import io.kiroku.query.ThriceAndLate;
import io.kiroku.query.sales.SalesQuery.Grouping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to orders, and however often and in whichever order it is delivered: sums are
/// what a plain fold of the history says.
class SalesSumsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PRODUCTS = "products";

  private final MongoStandIn mongo = new MongoStandIn();
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final SalesProjection projection = new SalesProjection();
  private final JsonEventCodec<OrderEvent> codec =
      JsonEventCodec.of(EventTypes.of(OrderEvent.class), new OneKey(), Upcasters.NONE);
  private final Map<StreamId, Long> revisions = new HashMap<>();

  @AfterEach
  void close() {
    mongo.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void trap_19_what_is_delivered_again_is_not_counted_again(long seed) {
    var history = new OrderHistories(new Random(seed));
    var feeds = new ThriceAndLate(events, new Random(seed));
    var store = new MongoReadModelStore(mongo.database(), projection, new Absences());
    history.categories().forEach(this::keepProduct);
    try (var runner =
        new ProjectionRunner(
            projection,
            new EventSources(events, events, feeds),
            store,
            RunnerOptions.DEFAULTS,
            (_, _) -> {})) {
      runner.start();
      history.events().forEach(this::append);
      revisions.forEach((stream, revision) ->
          assertThat(runner.await(stream, revision, SOON).await().atMost(SOON))
              .isInstanceOf(Progress.Shown.class));
    }
    assertThat(feeds.repeated()).isPositive();
    assertThat(feeds.late()).isPositive();
    Days days = new Days(OrderHistories.FIRST.plusDays(2), OrderHistories.FIRST.plusDays(8));
    for (Grouping by : Grouping.values()) {
      List<SalesRow> expected = PlainFold.of(history.events(), history.categories(), days, by);
      assertThat(expected).hasSizeGreaterThan(2);
      assertThat(rows(days, by, 200)).as(by.name()).containsExactlyElementsOf(expected);
      assertThat(rows(days, by, 2)).as(by.name()).containsExactlyElementsOf(expected);
    }
  }

  private void keepProduct(String productId, String categoryId) {
    Document product = new Document("categoryId", categoryId);
    var _ =
        mongo
            .database()
            .getCollection(PRODUCTS)
            .insertOne(new Document("_id", productId).append("product", product))
            .await()
            .atMost(SOON);
  }

  private void append(OrderEvent event) {
    StreamId stream = StreamId.of("order", event.orderId().toString());
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "hash", "mika", "acme", null, null, null);
    byte[] data = codec.encode("acme", event).await().atMost(SOON);
    long expected = revisions.getOrDefault(stream, -1L);
    var appended =
        events
            .append(
                stream, expected, List.of(new NewEvent(id, codec.typeOf(event), data, metadata)))
            .await()
            .atMost(SOON);
    revisions.put(stream, appended.revision());
  }

  private List<SalesRow> rows(Days days, Grouping by, int size) {
    List<SalesRow> all = new ArrayList<>();
    List<SalesRow> page;
    do {
      var query = new SalesQuery(days, by, 1, size, all.size());
      page =
          mongo
              .database()
              .getCollection(MongoReadModelStore.collectionOf(projection))
              .aggregate(SalesStages.of("acme", query, SalesSumsTest::joined))
              .map(row -> Sales.message(row, by))
              .collect()
              .asList()
              .await()
              .atMost(SOON);
      all.addAll(page.subList(0, Math.min(size, page.size())));
    } while (page.size() > size);
    return all;
  }

  private static Document joined(String field) {
    return new Document(
        "$lookup",
        new Document("from", PRODUCTS)
            .append("localField", field)
            .append("foreignField", "_id")
            .append("as", "product"));
  }
}
