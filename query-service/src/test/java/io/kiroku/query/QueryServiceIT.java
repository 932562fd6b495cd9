package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc;
import io.kiroku.proto.query.v1.EventLogServiceGrpc;
import io.kiroku.proto.query.v1.GetCategoryRequest;
import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.HistoryServiceGrpc;
import io.kiroku.proto.query.v1.ListCategoriesRequest;
import io.kiroku.proto.query.v1.ListEventsRequest;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.proto.query.v1.ListOrdersResponse;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProjectionsRequest;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.proto.query.v1.Projection;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.kiroku.query.running.Timestamps;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class QueryServiceIT {
  private static final String NOBODY = "";

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  /// Not the common pool: the store's client works there.
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  private ManagedChannel channel;
  private CommandSide commands;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    clients.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private QueryServiceBlockingStub as(String user, String token, String... groups) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, user, token, groups));
  }

  private static OrderId newOrder() {
    return new OrderId(UUID.randomUUID());
  }

  private static GetOrderRequest get(OrderId order) {
    return GetOrderRequest.newBuilder().setOrderId(order.toString()).build();
  }

  private static StreamId stream(String category, OrderId order) {
    return StreamId.of(category, order.toString());
  }

  private static StatusRuntimeException refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static ErrorInfo info(StatusRuntimeException refused)
      throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class);
  }

  @Test
  void who_brings_the_token_of_his_command_reads_what_he_wrote() {
    for (int i = 0; i < 50; i++) {
      OrderId order = newOrder();
      String placed = commands.place(order, "mika");
      assertThat(as("mika", placed).getOrder(get(order)).getOrder().getStatus())
          .isEqualTo("PLACED");
      String confirmed =
          commands.record(stream("order", order), "mika", new OrderConfirmed(order, Instant.now()));
      assertThat(as("mika", confirmed).getOrder(get(order)).getOrder().getStatus())
          .isEqualTo("CONFIRMED");
    }
  }

  @Test
  void an_order_shows_what_its_four_streams_tell_and_no_address() {
    OrderId order = newOrder();
    commands.record(
        stream("payment", order),
        "mika",
        new PaymentCaptured(order, Money.yen(1600), "ref", Instant.now()));
    commands.record(
        stream("shipment", order), "mika", new ShipmentArranged(order, "KA-1", Instant.now()));
    commands.place(order, "mika");
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> {
          Order shown = as("mika", "").getOrder(get(order)).getOrder();
          assertThat(shown.getUserId()).isEqualTo("mika");
          assertThat(shown.getJobId()).isNotEmpty();
          assertThat(shown.getPayment().getCapturedMinorUnits()).isEqualTo(1600);
          assertThat(shown.getShipment().getCarrierReference()).isEqualTo("KA-1");
          assertThat(shown.toString()).doesNotContain("Ginza").doesNotContain("Sato");
        });
  }

  @Test
  void somebody_elses_order_is_not_there_except_for_an_admin() throws Exception {
    OrderId order = newOrder();
    String token = commands.place(order, "mika");
    StatusRuntimeException refused = refused(() -> as("ken", token).getOrder(get(order)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(info(refused).getReason()).isEqualTo("ORDER_NOT_FOUND");
    assertThat(refused(() -> as("ken", "").getOrder(get(newOrder()))).getMessage())
        .isEqualTo(refused.getMessage());
    assertThat(as("root", token, "admin").getOrder(get(order)).getOrder().getOrderId())
        .isEqualTo(order.toString());
    assertThat(refused(() -> as(NOBODY, token).getOrder(get(order))).getStatus().getCode())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void pages_show_the_newest_first_and_miss_nothing() {
    String user = "reader-" + UUID.randomUUID();
    List<String> placed = new ArrayList<>();
    String token = "";
    for (int i = 0; i < 7; i++) {
      OrderId order = newOrder();
      token = commands.place(order, user);
      placed.addFirst(order.toString());
    }
    List<String> seen = new ArrayList<>();
    ListOrdersRequest next = ListOrdersRequest.newBuilder().setPageSize(3).build();
    int pages = 0;
    do {
      ListOrdersResponse page = as(user, token).listOrders(next);
      page.getOrdersList().forEach(order -> seen.add(order.getOrderId()));
      next = next.toBuilder().setPageToken(page.getNextPageToken()).build();
      pages++;
    } while (!next.getPageToken().isEmpty());
    assertThat(seen).isEqualTo(placed);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void orders_are_listed_by_user_status_and_time_and_sorted_by_their_totals() {
    String user = "buyer-" + UUID.randomUUID();
    OrderId small = newOrder();
    OrderId big = newOrder();
    commands.placeFor("default", small, user, List.of(tea(1)));
    Instant between = Instant.now().plusMillis(1);
    await().until(() -> Instant.now().isAfter(between));
    commands.placeFor("default", big, user, List.of(tea(3)));
    String token =
        commands.record(stream("order", small), user, new OrderConfirmed(small, Instant.now()));
    var all = ListOrdersRequest.newBuilder();
    await().atMost(Duration.ofSeconds(10)).until(() -> ids(user, token, all).size() == 2);
    assertThat(ids(user, token, all)).containsExactly(big.toString(), small.toString());
    assertThat(ids(user, token, all.setSort("total")))
        .containsExactly(small.toString(), big.toString());
    assertThat(ids(user, token, all.setSort("-total").setPageSize(1).setPage(2)))
        .containsExactly(small.toString());
    var filtered = ListOrdersRequest.newBuilder();
    assertThat(ids(user, token, filtered.setStatus("CONFIRMED"))).containsExactly(small.toString());
    assertThat(ids(user, token, filtered.clearStatus().setPlacedFrom(Timestamps.of(between))))
        .containsExactly(big.toString());
    assertThat(ids(user, token, filtered.clearPlacedFrom().setPlacedUntil(Timestamps.of(between))))
        .containsExactly(small.toString());
    filtered.setStatus("PLACED").setUserId(user);
    assertThat(
            as("root", token, "admin")
                .listOrders(filtered.clearPlacedUntil().build())
                .getOrdersList())
        .extracting(Order::getOrderId)
        .containsExactly(big.toString());
  }

  private List<String> ids(String user, String token, ListOrdersRequest.Builder request) {
    return as(user, token).listOrders(request.build()).getOrdersList().stream()
        .map(Order::getOrderId)
        .toList();
  }

  private static OrderLine tea(int pieces) {
    return new OrderLine(new ProductId(UUID.randomUUID()), "Tea", pieces, Money.yen(800));
  }

  @Test
  void lists_refuse_what_they_cannot_answer() {
    assertThat(refusedList("mika", ListOrdersRequest.newBuilder().setSort("user")))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusedList("mika", ListOrdersRequest.newBuilder().setPageSize(201)))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusedList("mika", ListOrdersRequest.newBuilder().setPageToken("???")))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusedList("mika", ListOrdersRequest.newBuilder().setUserId("ken")))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refusedList(NOBODY, ListOrdersRequest.newBuilder())).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void a_status_that_no_order_can_have_is_refused_with_those_there_are() {
    var lost = ListOrdersRequest.newBuilder().setStatus("LOST").build();
    assertThat(refused(() -> as("mika", "").listOrders(lost)).getStatus())
        .returns(Code.INVALID_ARGUMENT, Status::getCode)
        .returns(
            "status must be one of CANCELLED, CONFIRMED, DELIVERED, DRAFT, FAILED, PLACED,"
                + " RETURNED, RETURN_REFUSED, RETURN_REQUESTED, SHIPPED.",
            Status::getDescription);
  }

  private Code refusedList(String user, ListOrdersRequest.Builder request) {
    return refused(() -> as(user, "").listOrders(request.build())).getStatus().getCode();
  }

  @Test
  void the_catalog_and_its_stock_are_for_everybody() {
    var category = new CategoryId(UUID.randomUUID());
    var product = new ProductId(UUID.randomUUID());
    String created =
        commands.record(
            new StreamId("categories-default"),
            "root",
            new CategoryCreated(category, "Tea", "leaves", null, Instant.now()));
    String made =
        commands.record(
            StreamId.of("product", product.toString()),
            "root",
            new ProductCreated(
                product, "Sencha", "green", Money.yen(800), category, Instant.now()));
    String received =
        commands.record(
            StreamId.of("stock", product.toString()),
            "root",
            new StockReceived(product, 12, Instant.now()));

    var byCategory = GetCategoryRequest.newBuilder().setCategoryId(category.toString()).build();
    assertThat(as(NOBODY, created).getCategory(byCategory).getCategory().getPathList())
        .containsExactly("Tea");
    var byProduct = GetProductRequest.newBuilder().setProductId(product.toString()).build();
    assertThat(as(NOBODY, made).getProduct(byProduct).getProduct().getPriceMinorUnits())
        .isEqualTo(800);
    var stock = GetStockRequest.newBuilder().setProductId(product.toString()).build();
    assertThat(as(NOBODY, received).getStock(stock).getStock().getAvailable()).isEqualTo(12);
  }

  @Test
  void a_token_ahead_of_the_read_model_fails_in_time_with_the_lag() throws Exception {
    OrderId order = newOrder();
    as("mika", commands.place(order, "mika")).getOrder(get(order));
    String ahead = ConsistencyToken.of("default", stream("order", order), 3).encode();
    StatusRuntimeException refused = refused(() -> as("mika", ahead).getOrder(get(order)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(info(refused).getReason()).isEqualTo("READ_MODEL_BEHIND");
    assertThat(info(refused).getMetadataMap())
        .containsEntry("applied", "0")
        .containsEntry("wanted", "3")
        .containsEntry("lag", "3");
  }

  @Test
  void an_unknown_id_waits_too_if_the_token_names_its_stream() {
    OrderId before = newOrder();
    as("mika", commands.place(before, "mika")).getOrder(get(before));
    OrderId order = newOrder();
    String token = ConsistencyToken.of("default", stream("order", order), 0).encode();
    var asked =
        CompletableFuture.supplyAsync(
            () -> as("mika", token).getOrder(get(order)).getOrder(), clients);
    commands.place(order, "mika");
    assertThat(asked).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void streams_that_do_not_matter_and_tokens_that_are_none() {
    OrderId order = newOrder();
    as("mika", commands.place(order, "mika")).getOrder(get(order));
    String other = ConsistencyToken.of("default", stream("order", newOrder()), 7).encode();
    assertThat(as("mika", other).getOrder(get(order)).hasOrder()).isTrue();
    assertThat(refused(() -> as("mika", "garbage!").getOrder(get(order))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void another_tenants_token_is_refused_by_every_query_also_by_those_that_the_log_answers() {
    OrderId order = newOrder();
    as("mika", commands.place(order, "mika")).getOrder(get(order));
    String foreign = ConsistencyToken.of("elsewhere", stream("order", order), 0).encode();
    QueryServiceBlockingStub queries = as("mika", foreign);
    assertForeign(() -> queries.getOrder(get(order)));
    assertForeign(() -> queries.listOrders(ListOrdersRequest.getDefaultInstance()));
    assertForeign(() -> queries.listProjections(ListProjectionsRequest.getDefaultInstance()));
    assertForeign(
        () -> as(NOBODY, foreign).listCategories(ListCategoriesRequest.newBuilder().build()));
    var history = GetHistoryRequest.newBuilder().setOrderId(order.toString()).build();
    assertForeign(
        () -> bringing(foreign, HistoryServiceGrpc.newBlockingStub(channel)).getHistory(history));
    var events = ListEventsRequest.newBuilder().setStream(stream("order", order).value()).build();
    assertForeign(
        () -> bringing(foreign, EventLogServiceGrpc.newBlockingStub(channel)).listEvents(events));
    var all = ListProductsRequest.getDefaultInstance();
    assertForeign(() ->
        bringing(foreign, CatalogQueryServiceGrpc.newBlockingStub(channel)).listProducts(all));
    String own = ConsistencyToken.of("default", stream("order", order), 0).encode();
    assertThat(
            bringing(own, HistoryServiceGrpc.newBlockingStub(channel))
                .getHistory(history)
                .getEventsList())
        .hasSize(1);
  }

  private <S extends AbstractStub<S>> S bringing(String token, S stub) {
    return stub.withInterceptors(CallHeaders.of(keys, "root", token, "admin"));
  }

  private static void assertForeign(Runnable call) {
    StatusRuntimeException refused = refused(call);
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused.getMessage()).contains("consistency-token", "another tenant's");
  }

  @Test
  void trap_18_an_event_nobody_knows_parks_its_stream_only() throws Exception {
    OrderId bad = newOrder();
    commands.place(bad, "mika");
    String unreadable = commands.recordUnreadable(stream("order", bad));
    StatusRuntimeException refused = refused(() -> as("mika", unreadable).getOrder(get(bad)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(info(refused).getReason()).isEqualTo("READ_MODEL_PARKED");
    OrderId good = newOrder();
    assertThat(as("mika", commands.place(good, "mika")).getOrder(get(good)).hasOrder()).isTrue();
    assertThat(
            as("mika", "")
                .listProjections(ListProjectionsRequest.getDefaultInstance())
                .getProjectionsList())
        .filteredOn(projection -> projection.getParkedStreams() > 0)
        .extracting(Projection::getName)
        .containsExactlyInAnyOrder("order-view", "sales");
  }

  @Test
  void what_is_recorded_is_soon_to_be_seen() throws Exception {
    List<Long> millis = new ArrayList<>();
    long intervalNanos = Duration.ofMillis(10).toNanos();
    long dueNanos = System.nanoTime();
    List<CompletableFuture<Long>> seen = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      dueNanos += intervalNanos;
      TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
      OrderId order = newOrder();
      String token = commands.place(order, "mika");
      long recordedNanos = System.nanoTime();
      seen.add(
          CompletableFuture.supplyAsync(() -> {
            as("mika", token).getOrder(get(order));
            return (System.nanoTime() - recordedNanos) / 1_000_000;
          }));
    }
    for (CompletableFuture<Long> one : seen) {
      millis.add(one.get(10, TimeUnit.SECONDS));
    }
    Collections.sort(millis);
    System.out.printf("visible after %d ms (p50), %d ms (p99)%n", millis.get(150), millis.get(297));
    // The goal is 30 and 150; a busy machine that runs tests gets more, but never a poll's worth.
    assertThat(millis.get(150)).isLessThan(400);
  }

  @Test
  void health_and_metrics_tell_of_each_projection() throws Exception {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(text("/q/health/ready"))
                .contains("order-view-v2", "following", "\"status\": \"UP\""));
    OrderId order = newOrder();
    as("mika", commands.place(order, "mika")).getOrder(get(order));
    assertThat(text("/q/metrics"))
        .contains("kiroku_projection_applied_total{projection=\"order-view-v2\"")
        .contains("kiroku_projection_parked_streams{projection=\"stock-v2\"")
        .contains("kiroku_projection_visibility_seconds{projection=\"order-view-v2\"");
    double hits = cacheGets("hit");
    double misses = cacheGets("miss");
    as("mika", commands.place(newOrder(), "mika")).getOrder(get(order));
    as("mika", "").getOrder(get(order));
    assertThat(cacheGets("hit")).isGreaterThan(hits);
    assertThat(cacheGets("miss")).isGreaterThanOrEqualTo(misses).isPositive();
  }

  private double cacheGets(String result) throws Exception {
    String name =
        "cache_gets_total\\{cache=\"documents\"[^}]*result=\"" + result + "\"[^}]*} (\\S+)";
    Matcher found = Pattern.compile(name).matcher(text("/q/metrics"));
    return found.find() ? Double.parseDouble(found.group(1)) : -1;
  }

  private String text(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(http.resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
