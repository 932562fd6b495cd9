package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.proto.query.v1.AsOf;
import io.kiroku.proto.query.v1.FieldChange;
import io.kiroku.proto.query.v1.GetCategoryAsOfRequest;
import io.kiroku.proto.query.v1.GetCategoryRequest;
import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.proto.query.v1.GetHistoryResponse;
import io.kiroku.proto.query.v1.GetOrderAsOfRequest;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.GetProductAsOfRequest;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetStockAsOfRequest;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.HistoryEvent;
import io.kiroku.proto.query.v1.HistoryServiceGrpc;
import io.kiroku.proto.query.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.kiroku.query.running.Timestamps;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the read models said, and why.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class HistoryIT {
  private static final String NOBODY = "";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

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
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private HistoryServiceBlockingStub as(String user, String... groups) {
    return of("default", user, groups);
  }

  private HistoryServiceBlockingStub of(String tenant, String user, String... groups) {
    return HistoryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, user, "", List.of(groups)));
  }

  private QueryServiceBlockingStub now(String user, String token) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, user, token));
  }

  private static OrderId newOrder() {
    return new OrderId(UUID.randomUUID());
  }

  private static StreamId stream(String category, OrderId order) {
    return StreamId.of(category, order.toString());
  }

  private static AsOf revision(long revision) {
    return AsOf.newBuilder().setRevision(revision).build();
  }

  private static AsOf instant(Instant instant) {
    return AsOf.newBuilder().setInstant(Timestamps.of(instant)).build();
  }

  private static GetOrderAsOfRequest asOf(OrderId order, AsOf moment) {
    return GetOrderAsOfRequest.newBuilder().setOrderId(order.toString()).setAsOf(moment).build();
  }

  private Order mikas(OrderId order, AsOf moment) {
    return as("mika").getOrderAsOf(asOf(order, moment)).getOrder();
  }

  private static GetHistoryRequest.Builder history() {
    return GetHistoryRequest.newBuilder();
  }

  private static StatusRuntimeException refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static Code code(Runnable call) {
    return refused(call).getStatus().getCode();
  }

  /// Payment and shipment come between the revisions of the order.
  private OrderId shipped() {
    OrderId order = newOrder();
    commands.place(order, "mika");
    commands.record(
        stream("payment", order), "mika", new PaymentCaptured(order, Money.yen(1600), "ref", AT));
    commands.record(stream("order", order), "mika", new OrderConfirmed(order, AT));
    commands.record(stream("shipment", order), "mika", new ShipmentArranged(order, "KA-1", AT));
    commands.record(stream("order", order), "root", new OrderShipped(order, "T-1", AT));
    return order;
  }

  @Test
  void an_order_is_seen_as_it_was_with_all_that_had_happened_by_then() {
    OrderId order = shipped();
    assertThat(mikas(order, revision(0)))
        .returns("PLACED", Order::getStatus)
        .returns(0L, Order::getRevision)
        .returns("", it -> it.getPayment().getStatus());
    Order confirmed = mikas(order, revision(1));
    assertThat(confirmed)
        .returns("CONFIRMED", Order::getStatus)
        .returns("CAPTURED", it -> it.getPayment().getStatus())
        .returns("", it -> it.getShipment().getStatus());
    Instant then = recordedAt(order, 1);
    assertThat(mikas(order, instant(then))).isEqualTo(confirmed);
    assertThat(code(() -> mikas(order, instant(recordedAt(order, 0).minusMillis(1)))))
        .isEqualTo(Code.NOT_FOUND);
  }

  private Instant recordedAt(OrderId order, int revision) {
    var at =
        as("mika")
            .getHistory(history().setOrderId(order.toString()).build())
            .getEvents(revision)
            .getRecordedAt();
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  @Test
  void folded_to_the_end_it_is_what_the_read_model_says() {
    OrderId order = shipped();
    var get = GetOrderRequest.newBuilder().setOrderId(order.toString()).build();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          Order shown = now("mika", "").getOrder(get).getOrder();
          assertThat(shown.getRevision()).isEqualTo(2);
          assertThat(shown.getShipment().getStatus()).isEqualTo("ARRANGED");
          assertThat(mikas(order, revision(2))).isEqualTo(shown);
          assertThat(mikas(order, instant(Instant.now().plusSeconds(60)))).isEqualTo(shown);
        });
  }

  @Test
  void an_orders_history_tells_which_event_changed_what() {
    OrderId order = shipped();
    GetHistoryResponse told = as("mika").getHistory(history().setOrderId(order.toString()).build());
    assertThat(told.getEventsList())
        .extracting(HistoryEvent::getType)
        .containsExactly("order-placed.v1", "order-confirmed.v1", "order-shipped.v1");
    assertThat(told.getEventsList())
        .extracting(HistoryEvent::getActor)
        .containsExactly("mika", "mika", "");
    assertThat(told.getEvents(0).getChangesList())
        .contains(FieldChange.newBuilder().setField("userId").setAfter("mika").build());
    assertThat(told.getEvents(1).getChangesList())
        .containsExactly(
            FieldChange.newBuilder()
                .setField("status")
                .setBefore("PLACED")
                .setAfter("CONFIRMED")
                .build());
    assertThat(told.hasNextRevision()).isFalse();
    assertThat(told.toString()).doesNotContain("Ginza").doesNotContain("Sato");
    assertThat(as("root", "admin").getHistory(history().setOrderId(order.toString()).build()))
        .returns("root", it -> it.getEvents(2).getActor());
  }

  @Test
  void payment_shipment_and_fulfillment_have_histories_of_their_own() {
    OrderId order = shipped();
    String id = order.toString();
    commands.record(
        stream("fulfillment", order),
        "mika",
        new SagaStarted<>(id, "order-fulfillment", List.of(), AT, AT));
    assertThat(
            List.of(
                as("mika").getHistory(history().setPaymentOrderId(id).build()),
                as("mika").getHistory(history().setShipmentOrderId(id).build()),
                as("mika").getHistory(history().setFulfillmentOrderId(id).build())))
        .extracting(told -> after(told.getEvents(0), "status"))
        .containsExactly("CAPTURED", "ARRANGED", "RUNNING");
    assertThat(code(() -> as("ken").getHistory(history().setPaymentOrderId(id).build())))
        .isEqualTo(Code.NOT_FOUND);
  }

  private static String after(HistoryEvent event, String field) {
    return event.getChangesList().stream()
        .filter(change -> change.getField().equals(field))
        .map(FieldChange::getAfter)
        .findFirst()
        .orElse("");
  }

  @Test
  void a_discarded_draft_is_gone_and_has_a_past() {
    OrderId order = newOrder();
    commands.record(stream("order", order), "mika", new OrderDrafted(order, "mika", AT));
    commands.record(stream("order", order), "mika", new OrderDraftDiscarded(order, AT));
    assertThat(mikas(order, revision(0)).getStatus()).isEqualTo("DRAFT");
    assertThat(code(() -> mikas(order, revision(1)))).isEqualTo(Code.NOT_FOUND);
    assertThat(
            as("mika")
                .getHistory(history().setOrderId(order.toString()).build())
                .getEvents(1)
                .getChangesList())
        .isNotEmpty()
        .noneMatch(FieldChange::hasAfter);
  }

  @Test
  void somebody_elses_order_has_no_past_and_nothing_that_never_was() {
    OrderId order = shipped();
    var asked = asOf(order, revision(0));
    var told = history().setOrderId(order.toString()).build();
    String unknown =
        refused(() -> as("ken").getOrderAsOf(asOf(newOrder(), revision(0)))).getMessage();
    assertThat(refused(() -> as("ken").getOrderAsOf(asked))).hasMessage(unknown);
    assertThat(refused(() -> as("ken").getHistory(told))).hasMessage(unknown);
    assertThat(refused(() -> of("other", "mika", "admin").getOrderAsOf(asked))).hasMessage(unknown);
    assertThat(refused(() -> of("other", "mika", "admin").getHistory(told))).hasMessage(unknown);
    assertThat(refused(() -> mikas(order, revision(3)))).hasMessage(unknown);
    assertThat(code(() -> as(NOBODY).getOrderAsOf(asked))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(code(() -> as(NOBODY).getHistory(told))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(as("root", "admin").getOrderAsOf(asked).getOrder().getUserId()).isEqualTo("mika");
  }

  @Test
  void requests_are_checked() {
    OrderId order = newOrder();
    assertThat(
            List.of(
                code(() -> mikas(order, AsOf.getDefaultInstance())),
                code(() -> mikas(order, revision(-1))),
                code(() -> as("mika").getHistory(history().build())),
                code(() -> as("mika").getHistory(history().setOrderId("1").build())),
                code(() -> as("mika").getHistory(history(order).setPageSize(201).build())),
                code(() -> as("mika").getHistory(history(order).setFromRevision(-1).build()))))
        .containsOnly(Code.INVALID_ARGUMENT);
  }

  private static GetHistoryRequest.Builder history(OrderId order) {
    return history().setOrderId(order.toString());
  }

  @Test
  void a_products_prices_are_told_page_by_page() {
    var product = new ProductId(UUID.randomUUID());
    StreamId stream = StreamId.of("product", product.toString());
    String token =
        commands.record(
            stream,
            "root",
            new ProductCreated(
                product, "Sencha", "green", Money.yen(800), new CategoryId(UUID.randomUUID()), AT));
    for (int i = 1; i <= 4; i++) {
      token =
          commands.record(stream, "root", new ProductPriceChanged(product, Money.yen(800 + i), AT));
    }
    var first = history().setProductId(product.toString()).setPageSize(2);
    GetHistoryResponse page = as(NOBODY).getHistory(first.build());
    assertThat(page.getEventsList()).extracting(HistoryEvent::getRevision).containsExactly(0L, 1L);
    assertThat(page.getEvents(0).getActor()).isEmpty();
    page = as(NOBODY).getHistory(first.setFromRevision(page.getNextRevision()).build());
    assertThat(page.getEvents(0).getChangesList())
        .containsExactly(
            FieldChange.newBuilder()
                .setField("priceMinorUnits")
                .setBefore("801")
                .setAfter("802")
                .build());
    page = as(NOBODY).getHistory(first.setFromRevision(page.getNextRevision()).build());
    assertThat(page.getEventsList()).extracting(HistoryEvent::getRevision).containsExactly(4L);
    assertThat(page.hasNextRevision()).isFalse();

    var asked = GetProductAsOfRequest.newBuilder().setProductId(product.toString());
    assertThat(
            as(NOBODY)
                .getProductAsOf(asked.setAsOf(revision(2)).build())
                .getProduct()
                .getPriceMinorUnits())
        .isEqualTo(802);
    var get = GetProductRequest.newBuilder().setProductId(product.toString()).build();
    assertThat(as(NOBODY).getProductAsOf(asked.setAsOf(revision(4)).build()).getProduct())
        .isEqualTo(now(NOBODY, token).getProduct(get).getProduct());
  }

  @Test
  void stock_is_told_to_its_own_tenant_only() {
    var product = new ProductId(UUID.randomUUID());
    StreamId stream = StreamId.of("stock", product.toString());
    commands.recordFor("other", stream, "aoi", new StockReceived(product, 12, AT));
    commands.recordFor("other", stream, "aoi", new StockReceived(product, 3, AT));
    var told = history().setStockProductId(product.toString()).build();
    var asked =
        GetStockAsOfRequest.newBuilder()
            .setProductId(product.toString())
            .setAsOf(revision(0))
            .build();
    assertThat(code(() -> as("root", "admin").getHistory(told))).isEqualTo(Code.NOT_FOUND);
    assertThat(code(() -> as("root", "admin").getStockAsOf(asked))).isEqualTo(Code.NOT_FOUND);
    assertThat(of("other", "ken").getHistory(told).getEvents(1).getChangesList())
        .containsExactly(
            FieldChange.newBuilder().setField("received").setBefore("12").setAfter("15").build(),
            FieldChange.newBuilder().setField("available").setBefore("12").setAfter("15").build());
    assertThat(of("other", "ken").getHistory(told).getEvents(1).getActor()).isEmpty();
    assertThat(of("other", "ken").getStockAsOf(asked).getStock().getAvailable()).isEqualTo(12);
  }

  @Test
  void stock_folded_to_the_end_is_what_the_read_model_says() {
    var product = new ProductId(UUID.randomUUID());
    StreamId stream = StreamId.of("stock", product.toString());
    commands.record(stream, "aoi", new StockReceived(product, 12, AT));
    String token = commands.record(stream, "aoi", new StockReceived(product, 3, AT));
    var get = GetStockRequest.newBuilder().setProductId(product.toString()).build();
    var asked =
        GetStockAsOfRequest.newBuilder()
            .setProductId(product.toString())
            .setAsOf(instant(Instant.now().plusSeconds(60)))
            .build();
    assertThat(as(NOBODY).getStockAsOf(asked).getStock())
        .isEqualTo(now(NOBODY, token).getStock(get).getStock());
  }

  @Test
  void a_category_changes_with_what_is_above_it() {
    String tenant = "tenant" + UUID.randomUUID();
    StreamId tree = StreamId.of("categories", tenant);
    var tea = new CategoryId(UUID.randomUUID());
    var green = new CategoryId(UUID.randomUUID());
    commands.recordFor(tenant, tree, "root", new CategoryCreated(tea, "Tea", "all", null, AT));
    commands.recordFor(tenant, tree, "root", new CategoryCreated(green, "Green", "", tea, AT));
    commands.recordFor(
        tenant,
        tree,
        "root",
        new CategoryCreated(new CategoryId(UUID.randomUUID()), "Cups", "", null, AT));
    String token =
        commands.recordFor(tenant, tree, "root", new CategoryUpdated(tea, "Cha", "all", AT));

    var told = history().setCategoryId(green.toString());
    GetHistoryResponse page = of(tenant, "mika").getHistory(told.build());
    assertThat(page.getEventsList()).extracting(HistoryEvent::getRevision).containsExactly(1L, 3L);
    assertThat(page.getEvents(1).getChangesList())
        .containsExactly(
            FieldChange.newBuilder().setField("path[0]").setBefore("Tea").setAfter("Cha").build());
    assertThat(of(tenant, "mika").getHistory(told.setPageSize(1).build()).getNextRevision())
        .isEqualTo(3);

    var asked = GetCategoryAsOfRequest.newBuilder().setCategoryId(green.toString());
    assertThat(
            of(tenant, "mika")
                .getCategoryAsOf(asked.setAsOf(revision(2)).build())
                .getCategory()
                .getPathList())
        .containsExactly("Tea", "Green");
    var get = GetCategoryRequest.newBuilder().setCategoryId(green.toString()).build();
    assertThat(of(tenant, "mika").getCategoryAsOf(asked.setAsOf(revision(3)).build()).getCategory())
        .isEqualTo(
            QueryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(CallHeaders.of(keys, tenant, "mika", token, List.of()))
                .getCategory(get)
                .getCategory());
    assertThat(code(() -> of(tenant, "mika").getCategoryAsOf(asked.setAsOf(revision(0)).build())))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(code(() -> as("mika").getHistory(told.build()))).isEqualTo(Code.NOT_FOUND);
    String unknown = UUID.randomUUID().toString();
    assertThat(code(() -> of(tenant, "mika").getHistory(history().setCategoryId(unknown).build())))
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void trap_18_a_history_ends_with_an_event_nobody_knows() throws Exception {
    OrderId order = newOrder();
    commands.place(order, "mika");
    commands.recordUnreadable(stream("order", order));
    commands.record(stream("order", order), "mika", new OrderConfirmed(order, AT));
    GetHistoryResponse told = as("mika").getHistory(history(order).build());
    assertThat(told.getEventsList())
        .extracting(HistoryEvent::getOutcome)
        .containsExactly("APPLIED", "NOT_APPLICABLE");
    assertThat(told.hasNextRevision()).isFalse();
    assertThat(mikas(order, revision(0)).getStatus()).isEqualTo("PLACED");
    StatusRuntimeException refused = refused(() -> mikas(order, revision(2)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(
            StatusProto.fromThrowable(refused)
                .getDetails(0)
                .unpack(com.google.rpc.ErrorInfo.class)
                .getReason())
        .isEqualTo("READ_MODEL_PARKED");
    assertThat(code(() -> as("ken").getOrderAsOf(asOf(order, revision(2)))))
        .isEqualTo(Code.NOT_FOUND);
  }
}
