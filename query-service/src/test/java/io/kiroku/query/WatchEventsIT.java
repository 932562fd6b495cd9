package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.proto.query.v1.EventFilter;
import io.kiroku.proto.query.v1.LoggedEvent;
import io.kiroku.proto.query.v1.WatchEventsRequest;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.proto.query.v1.WatchServiceGrpc;
import io.kiroku.proto.query.v1.WatchServiceGrpc.WatchServiceStub;
import io.kiroku.query.watch.EventWatches;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log followed by admins, each test's in a tenant of its own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class WatchEventsIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  /// See the test's configuration.
  private static final int WATCHERS_MOST = 20;

  /// What HTTP/2 has at least, in bytes.
  private static final int SMALL_WINDOW = 65_535;

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;
  @Inject EventWatches watches;

  private final String tenant = "tenant" + UUID.randomUUID();
  private final ProductId product = new ProductId(UUID.randomUUID());
  private ManagedChannel channel;
  private CommandSide commands;

  @BeforeEach
  void connect() {
    channel =
        NettyChannelBuilder.forAddress(http.getHost(), http.getPort())
            .usePlaintext()
            .flowControlWindow(SMALL_WINDOW)
            .build();
    commands = new CommandSide(eventStoreUrl);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private WatchServiceStub as(String user, String... groups) {
    return WatchServiceGrpc.newStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, user, "", List.of(groups)));
  }

  private Heard<WatchEventsRequest, WatchEventsResponse> watch(WatchEventsRequest.Builder request) {
    return Heard.of(request.build(), as("root", "admin")::watchEvents);
  }

  private Heard<WatchEventsRequest, WatchEventsResponse> watch(EventFilter.Builder filter) {
    return watch(fromStart().setFilter(filter));
  }

  private static WatchEventsRequest.Builder fromStart() {
    return WatchEventsRequest.newBuilder().setAfterPosition(-1);
  }

  private static EventFilter.Builder filter() {
    return EventFilter.newBuilder();
  }

  private StreamId stream() {
    return StreamId.of("product", product.toString());
  }

  private void create() {
    create("green");
  }

  private void create(String description) {
    var category = new CategoryId(UUID.randomUUID());
    record(stream(), new ProductCreated(product, "Tea", description, Money.yen(800), category, AT));
  }

  private void changePrice(int yen) {
    record(stream(), new ProductPriceChanged(product, Money.yen(yen), AT));
  }

  private void record(StreamId stream, Object event) {
    commands.recordFor(tenant, stream, "aoi", event);
  }

  private static LoggedEvent event(Heard<WatchEventsRequest, WatchEventsResponse> heard) {
    WatchEventsResponse next = heard.next();
    while (!next.hasEvent()) {
      next = heard.next();
    }
    return next.getEvent();
  }

  private static List<Long> revisions(
      Heard<WatchEventsRequest, WatchEventsResponse> heard, int count) {
    return IntStream.range(0, count).mapToObj(_ -> event(heard).getRevision()).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  @Test
  void events_that_are_there_and_those_that_come_are_heard_once_and_in_order() {
    create();
    for (int i = 1; i < 100; i++) {
      changePrice(800 + i);
    }
    // Written while the watch goes over from what is there to what comes.
    var writing =
        CompletableFuture.runAsync(
            () -> IntStream.range(100, 300).forEach(this::changePrice),
            work -> Thread.ofPlatform().start(work));
    var heard = watch(filter().setCategory("product"));
    assertThat(revisions(heard, 300)).isEqualTo(upTo(299));
    writing.join();
    changePrice(1);
    assertThat(event(heard).getRevision()).isEqualTo(300);
    heard.leave();
  }

  @Test
  void a_watch_says_once_that_it_has_caught_up_and_goes_on() {
    create();
    var heard = watch(filter().setStream(stream().value()));
    assertThat(heard.next()).returns(false, WatchEventsResponse::getCaughtUp);
    assertThat(heard.next())
        .returns(true, WatchEventsResponse::getCaughtUp)
        .returns(false, WatchEventsResponse::hasEvent);
    changePrice(1);
    assertThat(heard.next())
        .returns(true, WatchEventsResponse::getCaughtUp)
        .returns(1L, it -> it.getEvent().getRevision());
    heard.leave();
  }

  @Test
  void nothing_goes_on_behind_a_client_that_has_left() {
    await().atMost(SOON).until(() -> watches.size() == 0);
    create();
    var heard = watch(filter().setStream(stream().value()));
    assertThat(event(heard).getRevision()).isZero();
    assertThat(watches.size()).isEqualTo(1);
    heard.leave();
    await().atMost(SOON).until(() -> watches.size() == 0);
  }

  @Test
  void without_a_position_only_what_comes_is_heard() {
    create();
    var heard = watch(WatchEventsRequest.newBuilder());
    assertThat(heard.next()).returns(true, WatchEventsResponse::getCaughtUp);
    changePrice(1);
    assertThat(event(heard).getRevision()).isEqualTo(1);
    heard.leave();
  }

  @Test
  void trap_17_who_comes_back_with_his_position_misses_nothing_and_hears_nothing_twice() {
    create();
    changePrice(1);
    changePrice(2);
    var before = watch(filter().setStream(stream().value()));
    assertThat(before.next().getEvent().getRevision()).isZero();
    long position = before.next().getPosition();
    before.leave();
    changePrice(3);
    var after = watch(WatchEventsRequest.newBuilder().setAfterPosition(position));
    assertThat(revisions(after, 2)).containsExactly(2L, 3L);
    after.leave();
  }

  @Test
  void a_filter_by_stream_category_type_and_correlation_holds_as_a_whole() {
    create();
    changePrice(1);
    record(StreamId.of("stock", product.toString()), new StockReceived(product, 5, AT));
    LoggedEvent second = revisionsOf(filter().setCategory("product"), 2).getLast();
    assertThat(revisionsOf(filter().setStream("stock-" + product), 1))
        .extracting(LoggedEvent::getType)
        .containsExactly("stock-received.v1");
    EventFilter.Builder types =
        filter().addTypes("product-price-changed.v1").addTypes("stock-received.v1");
    assertThat(revisionsOf(types, 2))
        .extracting(LoggedEvent::getType)
        .containsExactly("product-price-changed.v1", "stock-received.v1");
    assertThat(revisionsOf(types.setCategory("product"), 1)).containsExactly(second);
    assertThat(revisionsOf(filter().setCorrelationId(second.getCorrelationId()), 1))
        .containsExactly(second);
  }

  /// All of them: the next says that it has caught up.
  private List<LoggedEvent> revisionsOf(EventFilter.Builder filter, int count) {
    var heard = watch(filter);
    List<LoggedEvent> events = new ArrayList<>();
    WatchEventsResponse next = heard.next();
    while (next.hasEvent()) {
      events.add(next.getEvent());
      next = heard.next();
    }
    heard.leave();
    assertThat(next.getCaughtUp()).isTrue();
    assertThat(events).hasSize(count);
    return events;
  }

  @Test
  void personal_data_and_what_takes_money_are_not_shown() {
    commands.placeFor(tenant, new OrderId(UUID.randomUUID()), "mika");
    LoggedEvent placed = revisionsOf(filter().setCategory("order"), 1).getFirst();
    assertThat(placed)
        .returns("order-placed.v1", LoggedEvent::getType)
        .returns("mika", LoggedEvent::getActor);
    assertThat(placed.getDataJson())
        .contains("\"address\":{\"person\":\"mika\"}")
        .doesNotContain("cipher", "Ginza", "tok_ok");
  }

  @Test
  void who_never_reads_is_cut_off_told_where_to_resume_and_holds_little_meanwhile() {
    create("x".repeat(3_000));
    for (int i = 1; i < 400; i++) {
      record(
          stream(),
          new ProductCreated(
              product,
              "Tea",
              "x".repeat(3_000),
              Money.yen(800),
              new CategoryId(UUID.randomUUID()),
              AT));
    }
    WatchEventsRequest request = fromStart().setFilter(filter().setCategory("product")).build();
    var heard = Heard.byNobody(request, as("root", "admin")::watchEvents);
    await().atMost(SOON).until(() -> watches.size() == 1);
    await().atMost(SOON).until(() -> watches.size() == 0);
    heard.listen();
    Status end = heard.end();
    int sent = heard.waiting();
    // 1.2 MB are there; what fits into the window and two batches were sent.
    assertThat(sent).isBetween(1, 200);
    long position = 0;
    for (int i = 0; i < sent; i++) {
      position = heard.next().getPosition();
    }
    assertThat(end.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(end.getDescription()).contains("resume after position " + position + ".");
    var rest = watch(WatchEventsRequest.newBuilder().setAfterPosition(position));
    assertThat(event(rest).getRevision()).isEqualTo(sent);
    rest.leave();
  }

  @Test
  void only_admins_watch_and_only_their_own_tenant() {
    commands.recordFor("other", stream(), "aoi", new StockReceived(product, 5, AT));
    var heard = watch(filter().setStream(stream().value()));
    assertThat(heard.next()).returns(false, WatchEventsResponse::hasEvent);
    heard.leave();
    assertThat(refused(as("mika", "writer"), fromStart())).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refused(as(""), fromStart())).isEqualTo(Code.UNAUTHENTICATED);
  }

  private static Code refused(WatchServiceStub stub, WatchEventsRequest.Builder request) {
    return Heard.of(request.build(), stub::watchEvents).end().getCode();
  }

  @Test
  void requests_are_checked() {
    WatchServiceStub admin = as("root", "admin");
    assertThat(
            List.of(
                refused(admin, fromStart().setAfterPosition(-2)),
                refused(admin, fromStart().setFilter(filter().setCategory("a-b"))),
                refused(admin, fromStart().setFilter(filter().setCorrelationId("1")))))
        .containsOnly(Code.INVALID_ARGUMENT);
    assertThat(refused(admin, fromStart().setAfterPosition(Long.MAX_VALUE)))
        .isEqualTo(Code.OUT_OF_RANGE);
  }

  @Test
  void only_so_many_may_watch_and_who_leaves_makes_room() {
    List<Heard<WatchEventsRequest, WatchEventsResponse>> all = new ArrayList<>();
    do {
      all.add(watch(WatchEventsRequest.newBuilder()));
    } while (all.size() <= WATCHERS_MOST && all.getLast().isAnswered());
    assertThat(all.getLast().end())
        .returns(Code.RESOURCE_EXHAUSTED, Status::getCode)
        .returns("Too many watch already; try again later.", Status::getDescription);
    all.forEach(Heard::leave);
    await().atMost(SOON).until(() -> watch(WatchEventsRequest.newBuilder()).isAnswered());
  }
}
