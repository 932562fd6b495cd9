package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.Dashboard;
import io.kiroku.proto.query.v1.DashboardServiceGrpc;
import io.kiroku.proto.query.v1.DashboardServiceGrpc.DashboardServiceBlockingStub;
import io.kiroku.proto.query.v1.GetDashboardRequest;
import io.kiroku.proto.query.v1.NewestOrder;
import io.kiroku.proto.query.v1.ProjectionLag;
import io.kiroku.proto.query.v1.SalesRow;
import io.kiroku.proto.query.v1.StatusCount;
import io.kiroku.proto.query.v1.WatchDashboardRequest;
import io.kiroku.proto.query.v1.WatchDashboardResponse;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A shop at a glance. At most three may watch: see the test's configuration.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class DashboardIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final WatchDashboardRequest WATCH = WatchDashboardRequest.getDefaultInstance();

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private ManagedChannel channel;
  private CommandSide commands;
  private Shop shop;
  private final List<CancellableContext> watching = new ArrayList<>();

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
    shop = new Shop(commands, keys);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    watching.forEach(context -> context.cancel(null));
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private DashboardServiceBlockingStub as(String user, String... groups) {
    return DashboardServiceGrpc.newBlockingStub(channel).withInterceptors(shop.as(user, groups));
  }

  private Dashboard dashboard() {
    return as("staff", "writer")
        .getDashboard(GetDashboardRequest.getDefaultInstance())
        .getDashboard();
  }

  private Iterator<WatchDashboardResponse> watch() throws Exception {
    CancellableContext context = Context.current().withCancellation();
    watching.add(context);
    return context.call(
        () -> as("staff", "writer").withDeadlineAfter(30, TimeUnit.SECONDS).watchDashboard(WATCH));
  }

  /// Those who watched in other tests may not be gone yet.
  private Iterator<WatchDashboardResponse> watchOnceThereIsRoom() {
    var watch = new AtomicReference<Iterator<WatchDashboardResponse>>();
    await()
        .atMost(SOON)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> {
          watch.set(watch());
          return watch.get().hasNext();
        });
    return watch.get();
  }

  private static StatusCount count(String status, long count) {
    return StatusCount.newBuilder().setStatus(status).setCount(count).build();
  }

  private static OrderLine tea(int pieces) {
    return new OrderLine(new ProductId(UUID.randomUUID()), "Tea", pieces, Money.yen(800));
  }

  @Test
  void a_dashboard_shows_orders_sales_stock_and_how_old_all_that_is() {
    shop.receive(shop.product(shop.category(), "Tea", 800), 3);
    OrderId sold = shop.sell(Instant.now(), tea(2));
    OrderId placed = shop.place(tea(1));
    Dashboard shown = dashboard();
    assertThat(shown.getOrdersList()).containsExactly(count("CONFIRMED", 1), count("PLACED", 1));
    assertThat(shown.getFulfillmentsList()).isEmpty();
    assertThat(shown.getSalesList()).hasSize(3);
    assertThat(shown.getSales(0).getToDay()).isEqualTo(shown.getSales(2).getToDay());
    assertThat(shown.getSalesList())
        .allSatisfy(period ->
            assertThat(period.getTotalsList())
                .extracting(SalesRow::getSoldMinorUnits)
                .containsExactly(1_600L));
    assertThat(shown.getLowInStock()).isEqualTo(1);
    assertThat(shown.getNewestOrdersList())
        .extracting(NewestOrder::getOrderId)
        .containsExactly(placed.toString(), sold.toString());
    assertThat(shown.toString()).doesNotContain("mika");
    assertThat(shown.getProjectionsList())
        .extracting(ProjectionLag::getName)
        .contains("order-view", "product", "sales");
  }

  @Test
  void a_dashboard_is_shown_again_when_something_changed() {
    OrderId order = shop.place(tea(1));
    Iterator<WatchDashboardResponse> watch = watchOnceThereIsRoom();
    assertThat(watch.next().getDashboard().getOrdersList()).containsExactly(count("PLACED", 1));
    shop.record(new OrderConfirmed(order, Instant.now()));
    Dashboard next = watch.next().getDashboard();
    while (!next.getOrdersList().equals(List.of(count("CONFIRMED", 1)))
        || next.getSales(0).getTotalsCount() == 0) {
      // Read models follow one by one.
      next = watch.next().getDashboard();
    }
    for (int i = 0; i < 100; i++) {
      shop.place(tea(1));
    }
    int answers = 0;
    while (!next.getOrdersList().contains(count("PLACED", 100))) {
      next = watch.next().getDashboard();
      answers++;
    }
    assertThat(answers).isLessThan(50);
  }

  @Test
  void a_dashboard_is_drawn_once_for_all_who_watch_it() {
    shop.place(tea(1));
    Iterator<WatchDashboardResponse> one = watchOnceThereIsRoom();
    Iterator<WatchDashboardResponse> other = watchOnceThereIsRoom();
    for (int i = 0; i < 20; i++) {
      shop.place(tea(1));
    }
    Set<Timestamp> drawn = drawnUntil(one, 21);
    drawn.retainAll(drawnUntil(other, 21));
    assertThat(drawn).isNotEmpty();
  }

  private static Set<Timestamp> drawnUntil(Iterator<WatchDashboardResponse> watch, int placed) {
    Set<Timestamp> drawn = new HashSet<>();
    Dashboard next;
    do {
      next = watch.next().getDashboard();
      drawn.add(next.getAt());
    } while (!next.getOrdersList().contains(count("PLACED", placed)));
    return drawn;
  }

  @Test
  void only_so_many_may_watch_and_who_leaves_makes_room() {
    for (int i = 0; i < 3; i++) {
      assertThat(watchOnceThereIsRoom().next().hasDashboard()).isTrue();
    }
    assertThat(refused(() -> as("staff", "writer").watchDashboard(WATCH).next()))
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
    watching.forEach(context -> context.cancel(null));
    assertThat(watchOnceThereIsRoom().next().hasDashboard()).isTrue();
  }

  @Test
  void a_dashboard_is_for_staff() {
    GetDashboardRequest get = GetDashboardRequest.getDefaultInstance();
    assertThat(refused(() -> as("mika", "reader").getDashboard(get)))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("mika", "reader").watchDashboard(WATCH).next()))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("").watchDashboard(WATCH).next())).isEqualTo(Code.UNAUTHENTICATED);
  }

  private static Code refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }
}
