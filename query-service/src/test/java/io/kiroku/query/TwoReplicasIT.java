package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.DashboardServiceGrpc;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.StatusCount;
import io.kiroku.proto.query.v1.WatchDashboardRequest;
import io.kiroku.proto.query.v1.WatchDashboardResponse;
import io.kiroku.proto.query.v1.WatchOrderRequest;
import io.kiroku.proto.query.v1.WatchOrderResponse;
import io.kiroku.proto.query.v1.WatchServiceGrpc;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Two replicas share the events; who watches one of them is told of all. Then one is killed.
class TwoReplicasIT {
  private static final int ORDERS = 20;
  private static final Duration WAIT = Duration.ofMinutes(1);

  @Test
  void either_replica_shows_what_either_applied_and_who_is_left_misses_nothing() throws Exception {
    try (MongoStandIn mongo = new MongoStandIn();
        Surroundings around = new Surroundings(mongo.url());
        ServiceProcess one = around.startService();
        ServiceProcess other = around.startService()) {
      Shop shop = new Shop(around.commands(), around.keys());
      List<OrderId> orders = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        orders.add(shop.place(new OrderLine(tea(), "Tea", 1, Money.yen(800))));
      }
      List<ServiceProcess> both = List.of(one, other);
      both.forEach(replica -> awaitShown(replica, shop, orders.getLast()));
      List<Heard<WatchOrderRequest, WatchOrderResponse>> watches = new ArrayList<>();
      both.forEach(replica -> orders.forEach(order -> watches.add(watch(replica, shop, order))));
      var dashboards = both.stream().map(replica -> dashboard(replica, shop)).toList();
      watches.forEach(TwoReplicasIT::begin);

      orders.forEach(order -> shop.record(new OrderConfirmed(order, Instant.now())));

      watches.forEach(TwoReplicasIT::awaitConfirmed);
      dashboards.forEach(TwoReplicasIT::awaitAllConfirmed);
      killUnderLoad(one, other, around);
    }
  }

  private static void killUnderLoad(ServiceProcess victim, ServiceProcess left, Surroundings around)
      throws Exception {
    Operator operator = new Operator(left.channel(), around.keys(), ShopLoad.PROJECTION);
    ShopLoad load = new ShopLoad(around.commands());
    try (var _ = load.start()) {
      operator.awaitProgress();
      victim.kill();
      operator.awaitProgress();
    }
    load.awaitShown(left.channel(), around.keys(), WAIT);
    operator.skip(load.broken(), 1);
    operator.awaitCaughtUp();
    load.verify(operator, 0, ORDERS);
  }

  private static ProductId tea() {
    return new ProductId(UUID.randomUUID());
  }

  private static void awaitShown(ServiceProcess replica, Shop shop, OrderId order) {
    var request = GetOrderRequest.newBuilder().setOrderId(order.toString()).build();
    Awaitility.await()
        .atMost(WAIT)
        .ignoreException(StatusRuntimeException.class)
        .until(() ->
            QueryServiceGrpc.newBlockingStub(replica.channel())
                .withInterceptors(shop.as("mika"))
                .getOrder(request)
                .hasOrder());
  }

  private static Heard<WatchOrderRequest, WatchOrderResponse> watch(
      ServiceProcess replica, Shop shop, OrderId order) {
    return Heard.of(
        WatchOrderRequest.newBuilder().setOrderId(order.toString()).build(),
        WatchServiceGrpc.newStub(replica.channel()).withInterceptors(shop.unaware("mika"))
            ::watchOrder);
  }

  private static void begin(Heard<WatchOrderRequest, WatchOrderResponse> watch) {
    assertThat(watch.next().getOrder().getStatus()).isEqualTo("PLACED");
  }

  private static void awaitConfirmed(Heard<WatchOrderRequest, WatchOrderResponse> watch) {
    while (!watch.next().getOrder().getStatus().equals("CONFIRMED")) {
      // States in between.
    }
  }

  private static Heard<WatchDashboardRequest, WatchDashboardResponse> dashboard(
      ServiceProcess replica, Shop shop) {
    return Heard.of(
        WatchDashboardRequest.getDefaultInstance(),
        DashboardServiceGrpc.newStub(replica.channel())
                .withInterceptors(shop.unaware("staff", "writer"))
            ::watchDashboard);
  }

  private static void awaitAllConfirmed(
      Heard<WatchDashboardRequest, WatchDashboardResponse> watch) {
    StatusCount all = StatusCount.newBuilder().setStatus("CONFIRMED").setCount(ORDERS).build();
    while (!watch.next().getDashboard().getOrdersList().equals(List.of(all))) {
      // Read models follow one by one.
    }
  }
}
