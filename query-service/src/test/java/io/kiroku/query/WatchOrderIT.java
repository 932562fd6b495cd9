package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.proto.query.v1.WatchOrderRequest;
import io.kiroku.proto.query.v1.WatchOrderResponse;
import io.kiroku.proto.query.v1.WatchServiceGrpc;
import io.kiroku.proto.query.v1.WatchServiceGrpc.WatchServiceStub;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An order watched by whose it is.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class WatchOrderIT {
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  /// See the test's configuration.
  private static final int WATCHERS_MOST = 20;

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private final OrderId order = new OrderId(UUID.randomUUID());
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

  private WatchServiceStub as(String user, String token, String... groups) {
    return WatchServiceGrpc.newStub(channel)
        .withInterceptors(CallHeaders.of(keys, user, token, groups));
  }

  private Heard<WatchOrderRequest, WatchOrderResponse> watch(WatchServiceStub who) {
    return watch(who, "");
  }

  private Heard<WatchOrderRequest, WatchOrderResponse> watch(
      WatchServiceStub who, String afterToken) {
    WatchOrderRequest request =
        WatchOrderRequest.newBuilder()
            .setOrderId(order.toString())
            .setAfterToken(afterToken)
            .build();
    return Heard.of(request, who::watchOrder);
  }

  private void record(String category, Object event) {
    commands.record(StreamId.of(category, order.toString()), "mika", event);
  }

  /// The first response of which it is true; those before it are states in between.
  private static WatchOrderResponse until(
      Heard<WatchOrderRequest, WatchOrderResponse> heard, Predicate<WatchOrderResponse> wanted) {
    WatchOrderResponse next = heard.next();
    while (!wanted.test(next)) {
      next = heard.next();
    }
    return next;
  }

  private static Predicate<WatchOrderResponse> status(String status) {
    return response -> response.getOrder().getStatus().equals(status);
  }

  private void startFulfillment() {
    record(
        "fulfillment", new SagaStarted<>(order.toString(), "order-fulfillment", List.of(), AT, AT));
  }

  @Test
  void an_order_is_shown_as_it_is_and_after_every_change_until_nothing_more_is_to_come() {
    String token = commands.place(order, "mika");
    var heard = watch(as("mika", token));
    assertThat(heard.next()).matches(status("PLACED")).returns(false, WatchOrderResponse::getEnded);
    startFulfillment();
    until(heard, it -> it.getOrder().getFulfillment().getStatus().equals("RUNNING"));
    record("payment", new PaymentCaptured(order, Money.yen(1600), "ref", AT));
    until(heard, it -> it.getOrder().getPayment().getStatus().equals("CAPTURED"));
    record("order", new OrderConfirmed(order, AT));
    until(heard, status("CONFIRMED"));
    record("order", new OrderShipped(order, "T-1", AT));
    until(heard, status("SHIPPED"));
    record("order", new OrderDelivered(order, AT));
    assertThat(until(heard, status("DELIVERED"))).returns(false, WatchOrderResponse::getEnded);
    record("fulfillment", new SagaCompleted<>(order.toString(), AT));
    until(heard, WatchOrderResponse::getEnded);
    assertThat(heard.end().getCode()).isEqualTo(Code.OK);
    heard.hasNothing();
  }

  @Test
  void an_order_that_has_ended_is_shown_once() {
    commands.place(order, "mika");
    startFulfillment();
    record("fulfillment", new SagaCompleted<>(order.toString(), AT));
    String token =
        commands.record(
            StreamId.of("order", order.toString()), "mika", new OrderDelivered(order, AT));
    until(watch(as("mika", token)), WatchOrderResponse::getEnded);
    var again = watch(as("root", token, "admin"));
    until(again, WatchOrderResponse::getEnded);
    assertThat(again.end().getCode()).isEqualTo(Code.OK);
  }

  @Test
  void trap_17_who_comes_back_with_his_token_is_told_what_he_has_missed_and_nothing_else() {
    String token = commands.place(order, "mika");
    var before = watch(as("mika", token));
    String seen = before.next().getToken();
    before.leave();
    var nothingNew = watch(as("mika", ""), seen);
    record("order", new OrderConfirmed(order, AT));
    assertThat(nothingNew.next()).matches(status("CONFIRMED"));
    nothingNew.leave();
    assertThat(watch(as("mika", ""), seen).next()).matches(status("CONFIRMED"));
  }

  @Test
  void a_token_of_what_is_not_shown_yet_is_waited_for() {
    String placed = commands.place(order, "mika");
    watch(as("mika", placed)).next();
    String confirmed =
        commands.record(
            StreamId.of("order", order.toString()), "mika", new OrderConfirmed(order, AT));
    record("order", new OrderShipped(order, "T-1", AT));
    assertThat(watch(as("mika", ""), confirmed).next()).matches(status("SHIPPED"));
  }

  @Test
  void trap_16_somebody_elses_order_is_as_unknown_as_one_that_never_was() {
    String token = commands.place(order, "mika");
    watch(as("mika", token)).next();
    Status others = watch(as("ken", "")).end();
    Status unknown =
        Heard.of(
                WatchOrderRequest.newBuilder().setOrderId(UUID.randomUUID().toString()).build(),
                as("mika", "")::watchOrder)
            .end();
    assertThat(others.getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(others.getDescription()).isEqualTo(unknown.getDescription());
    assertThat(watch(as("", "")).end().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(watch(as("mika", ""), "no token").end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void another_tenants_token_is_refused_not_taken_for_none() {
    String token = commands.place(order, "mika");
    watch(as("mika", token)).next();
    String foreign =
        ConsistencyToken.of("elsewhere", StreamId.of("order", order.toString()), 0).encode();
    Status end = watch(as("mika", ""), foreign).end();
    assertThat(end.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("after_token", "another tenant's");
    assertThat(watch(as("mika", foreign)).end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void a_watch_ends_with_the_draft_that_is_discarded() {
    String token =
        commands.record(
            StreamId.of("order", order.toString()), "mika", new OrderDrafted(order, "mika", AT));
    var heard = watch(as("mika", token));
    assertThat(heard.next()).matches(status("DRAFT"));
    record("order", new OrderDraftDiscarded(order, AT));
    assertThat(heard.end().getCode()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void trap_18_a_watch_ends_with_an_event_nobody_knows() {
    String token = commands.place(order, "mika");
    var heard = watch(as("mika", token));
    heard.next();
    commands.recordUnreadable(StreamId.of("order", order.toString()));
    Status end = heard.end();
    assertThat(end.getCode()).isEqualTo(Code.ABORTED);
  }

  @Test
  void only_so_many_may_watch_and_who_leaves_makes_room() {
    String token = commands.place(order, "mika");
    List<Heard<WatchOrderRequest, WatchOrderResponse>> all = new ArrayList<>();
    do {
      all.add(watch(as("mika", token)));
    } while (all.size() <= WATCHERS_MOST && all.getLast().isAnswered());
    assertThat(all.getLast().end())
        .returns(Code.RESOURCE_EXHAUSTED, Status::getCode)
        .returns("Too many watch already; try again later.", Status::getDescription);
    all.forEach(Heard::leave);
    await().until(() -> watch(as("mika", token)).isAnswered());
  }
}
