package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.ListLowStockRequest;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.proto.query.v1.ListOrdersResponse;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.ListSagasRequest;
import io.kiroku.proto.query.v1.ListSagasResponse;
import io.kiroku.proto.query.v1.ListStockRequest;
import io.kiroku.proto.query.v1.ListStockResponse;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.proto.query.v1.SagaQueryServiceGrpc;
import io.kiroku.proto.query.v1.StatisticsServiceGrpc;
import io.kiroku.query.running.Timestamps;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the database says that it looks at for a page, of all there is.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class ListPlansIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant BEGIN = Instant.parse("2026-11-20T09:00:00Z");

  /// A multiple of four, and no more than the longest page shows.
  private static final int ALL = 160;

  private static final int PAGE = 10;

  /// Some filters share the index of one of them.
  private static final int LOOKED_MOST = 6 * PAGE;

  private static final List<Filter> NONE = List.of();

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;
  @Inject SentLists sent;
  @Inject ReactiveMongoDatabase database;

  private ManagedChannel channel;
  private CommandSide commands;
  private Shop shop;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
    shop = new Shop(commands, keys);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void a_page_of_orders_looks_at_a_page_of_them_whosever_and_however_they_are() {
    for (int i = 0; i < ALL; i++) {
      ProductId tea = new ProductId(UUID.randomUUID());
      var line = new OrderLine(tea, "Tea", 1, Money.yen(500 + i % 7));
      OrderId order = shop.placeAs(i % 2 == 0 ? "mika" : "aoi", line);
      if (i / 2 % 2 == 0) {
        shop.record(new OrderConfirmed(order, Instant.now()));
      }
    }
    awaitCount(ALL / 2, () -> orders(it -> it.setStatus("CONFIRMED").setPageSize(ALL)).size());

    List<UnaryOperator<ListOrdersRequest.Builder>> filters =
        List.of(
            it -> it,
            it -> it.setUserId("mika"),
            it -> it.setStatus("PLACED"),
            it -> it.setUserId("aoi").setStatus("CONFIRMED"),
            it -> it.setPlacedFrom(Timestamps.of(Instant.EPOCH)).setUserId("mika"));
    for (var filter : filters) {
      for (String sort : List.of("", "placed", "-placed", "total", "-total")) {
        sent.take();
        var first = list(filter.apply(ListOrdersRequest.newBuilder().setSort(sort)));
        list(
            filter.apply(
                ListOrdersRequest.newBuilder()
                    .setSort(sort)
                    .setPageToken(first.getNextPageToken())));
        list(filter.apply(ListOrdersRequest.newBuilder().setSort(sort).setPage(2)));
        assertLean(3);
      }
    }
  }

  private ListOrdersResponse list(ListOrdersRequest.Builder request) {
    if (request.getPageSize() == 0) {
      request.setPageSize(PAGE);
    }
    return QueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(admin())
        .listOrders(request.build());
  }

  private List<?> orders(UnaryOperator<ListOrdersRequest.Builder> request) {
    return list(request.apply(ListOrdersRequest.newBuilder())).getOrdersList();
  }

  @Test
  void a_page_of_products_looks_at_a_page_of_them_by_category_status_price_and_stock() {
    List<CategoryId> categories =
        List.of(new CategoryId(UUID.randomUUID()), new CategoryId(UUID.randomUUID()));
    for (int i = 0; i < ALL; i++) {
      ProductId product = shop.product(categories.get(i % 2), "Tea " + i * 7 % ALL, 500 + i);
      shop.receive(product, i / 2 % 2 == 0 ? 5 : 50);
      if (i % 3 == 0) {
        shop.record(
            StreamId.of("product", product.toString()),
            new ProductDiscontinued(product, Instant.now()));
      }
    }
    awaitCount(
        (ALL + 2) / 3,
        () -> products(options("", ALL, equal("status", "DISCONTINUED"))).getProductsCount());
    awaitCount(ALL, () -> stock(options("", ALL, NONE)).getStockCount());

    Filter category = equal("category", categories.getFirst().toString());
    List<List<Filter>> filters =
        List.of(
            NONE,
            List.of(category),
            List.of(equal("status", "ON_SALE")),
            List.of(category, equal("status", "DISCONTINUED")),
            List.of(range("available", 1, 9)),
            List.of(category, range("price", 500, 500 + ALL)));
    for (String sort : List.of("name", "-name", "price", "-price", "created", "-created")) {
      filters.forEach(filter -> assertLeanProducts(sort, filter));
      for (List<Filter> filter : List.of(NONE, List.of(category))) {
        assertLean(() -> lowStock(options(sort, PAGE, filter)));
      }
    }
    for (String sort : List.of("price", "-price")) {
      assertLeanProducts(sort, List.of(range("price", 550, 600)));
    }
    for (String sort : List.of("available", "-available", "product", "-product")) {
      assertLean(() -> stock(options(sort, PAGE, NONE)));
    }
    assertLean(() -> stock(options("available", PAGE, List.of(range("available", 6, 60)))));
  }

  private void assertLeanProducts(String sort, List<Filter> filters) {
    ListOptions options = options(sort, PAGE, filters);
    sent.take();
    String next = products(options).getNextPageToken();
    products(options.toBuilder().setPageToken(next).build());
    assertLean(2);
  }

  private ListProductsResponse products(ListOptions options) {
    return CatalogQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(admin())
        .listProducts(ListProductsRequest.newBuilder().setOptions(options).build());
  }

  private ListStockResponse stock(ListOptions options) {
    return CatalogQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(admin())
        .listStock(ListStockRequest.newBuilder().setOptions(options).build());
  }

  private void lowStock(ListOptions options) {
    var _ =
        StatisticsServiceGrpc.newBlockingStub(channel)
            .withInterceptors(admin())
            .listLowStock(ListLowStockRequest.newBuilder().setOptions(options).build());
  }

  @Test
  void a_page_of_sagas_looks_at_a_page_of_them_by_kind_status_step_and_start() {
    for (int i = 0; i < ALL; i++) {
      startSaga(new OrderId(UUID.randomUUID()), BEGIN.plusSeconds(i), i % 2 == 0);
    }
    awaitCount(
        ALL / 2,
        () -> sagas(options("", ALL, equal("step", Steps.PROCESS_PAYMENT))).getSagasCount());
    awaitCount(ALL, () -> sagas(options("", ALL, NONE)).getSagasCount());

    long from = BEGIN.plusSeconds(100).toEpochMilli();
    List<List<Filter>> filters =
        List.of(
            NONE,
            List.of(equal("saga", "order-fulfillment")),
            List.of(equal("status", "RUNNING")),
            List.of(equal("step", Steps.PROCESS_PAYMENT)),
            List.of(equal("status", "RUNNING"), equal("step", Steps.PROCESS_PAYMENT)),
            List.of(range("started", from, from + 60_000)));
    for (List<Filter> filter : filters) {
      for (String sort : List.of("", "started", "-started")) {
        assertLean(() -> sagas(options(sort, PAGE, filter)));
      }
    }
  }

  private void startSaga(OrderId order, Instant at, boolean pays) {
    StreamId stream = StreamId.of("fulfillment", order.toString());
    List<FulfillmentCommand> capture = List.of(new CapturePayment(order));
    List<PlannedStep<FulfillmentCommand>> plan =
        List.of(
            new PlannedStep<>(Steps.PROCESS_PAYMENT, capture, List.of(new RefundPayment(order))));
    String id = order.toString();
    shop.record(stream, new SagaStarted<>(id, "order-fulfillment", plan, at, at));
    if (pays) {
      shop.record(stream, new StepRequested<>(id, Steps.PROCESS_PAYMENT, 1, capture, at, at));
    }
  }

  private ListSagasResponse sagas(ListOptions options) {
    return SagaQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(admin())
        .listSagas(ListSagasRequest.newBuilder().setOptions(options).build());
  }

  private ClientInterceptor admin() {
    return shop.unaware("root", "admin", "writer");
  }

  private static Filter equal(String field, String value) {
    return Filter.newBuilder().setField(field).setEqualTo(value).build();
  }

  private static Filter range(String field, long atLeast, long atMost) {
    return Filter.newBuilder()
        .setField(field)
        .setRange(Range.newBuilder().setAtLeast(atLeast).setAtMost(atMost))
        .build();
  }

  private static ListOptions options(String sort, int size, Filter filter) {
    return options(sort, size, List.of(filter));
  }

  private static ListOptions options(String sort, int size, List<Filter> filters) {
    return ListOptions.newBuilder().setSort(sort).setPageSize(size).addAllFilters(filters).build();
  }

  private static void awaitCount(int count, Callable<Integer> shown) {
    await().atMost(SOON).until(shown, found -> found == count);
  }

  private void assertLean(Runnable list) {
    sent.take();
    list.run();
    assertLean(1);
  }

  /// Full pages, and how many documents were looked at for each.
  private void assertLean(int lists) {
    List<BsonDocument> finds = new ArrayList<>(sent.take());
    assertThat(finds).hasSize(lists);
    for (BsonDocument find : finds) {
      Document counts = explain(find).get("executionStats", Document.class);
      assertThat(counts.getInteger("nReturned")).as(find.toJson()).isGreaterThan(PAGE);
      assertThat(counts.getInteger("totalDocsExamined"))
          .as(find.toJson())
          .isLessThanOrEqualTo(LOOKED_MOST);
    }
  }

  private Document explain(BsonDocument find) {
    return database
        .runCommand(new Document("explain", find).append("verbosity", "executionStats"))
        .await()
        .atMost(SOON);
  }
}
