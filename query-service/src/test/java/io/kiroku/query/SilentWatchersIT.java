package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.proto.query.v1.DashboardServiceGrpc;
import io.kiroku.proto.query.v1.WatchDashboardRequest;
import io.kiroku.proto.query.v1.WatchEventsRequest;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.proto.query.v1.WatchOrderRequest;
import io.kiroku.proto.query.v1.WatchServiceGrpc;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Clients that watch and never read. What they do not take stays in the log: each of them costs
/// the service a bounded piece of its heap, for a bounded time.
class SilentWatchersIT {
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final String EVENT_WATCH = "io.kiroku.query.watch.EventWatch";
  private static final int STREAMS = 50;
  private static final int EVENTS_PER_STREAM = 1_000;
  private static final int CHANNELS = 4;
  private static final int WATCHERS_PER_CHANNEL = 50;
  private static final int WATCHERS = CHANNELS * WATCHERS_PER_CHANNEL;
  private static final int OTHERS = 20;
  private static final int BYTES_PER_WATCHER_MOST = 256 * 1024;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Heard<WatchEventsRequest, WatchEventsResponse>> silent = new ArrayList<>();
  private long bytesMost;

  @Test
  void two_hundred_that_do_not_take_50_000_events_cost_256_KiB_each_at_most_and_are_cut_off()
      throws Exception {
    try (MongoStandIn mongo = new MongoStandIn();
        Surroundings around =
            new Surroundings(mongo.url()).with("KIROKU_QUERY_WATCH_STALL", "12s")) {
      record(around.commands());
      OrderId order = new OrderId(UUID.randomUUID());
      around.commands().place(order, "root");
      try (ServiceProcess service = around.startService()) {
        ClientInterceptor admin = CallHeaders.of(around.keys(), "root", "", "admin", "writer");
        new Operator(service.channel(), around.keys(), "stock").awaitCaughtUp();
        long before = service.liveObjects().bytes();

        watch(service, admin);
        watchOthers(service.channel(), admin, order);
        await().atMost(WAIT).until(() -> isOver(service));

        assertThat(bytesMost).as("bytes while all watched").isGreaterThan(before);
        assertThat((bytesMost - before) / (WATCHERS + 2 * OTHERS))
            .as("bytes for each")
            .isLessThan(BYTES_PER_WATCHER_MOST);
        silent.forEach(SilentWatchersIT::assertCanResume);
      } finally {
        channels.forEach(ManagedChannel::shutdownNow);
      }
    }
  }

  private static void record(CommandSide commands) {
    for (int i = 0; i < STREAMS; i++) {
      ProductId product = new ProductId(UUID.randomUUID());
      UUID job = UUID.randomUUID();
      commands.recordMany(
          "default",
          StreamId.of("stock", product.toString()),
          new StockReceived(product, 1, Instant.now()),
          job,
          job,
          EVENTS_PER_STREAM);
    }
  }

  private void watch(ServiceProcess service, ClientInterceptor admin) {
    WatchEventsRequest all = WatchEventsRequest.newBuilder().setAfterPosition(-1).build();
    for (int i = 0; i < CHANNELS; i++) {
      ManagedChannel channel = service.openNarrow();
      channels.add(channel);
      var stub = WatchServiceGrpc.newStub(channel).withInterceptors(admin);
      for (int j = 0; j < WATCHERS_PER_CHANNEL; j++) {
        silent.add(Heard.byNobody(all, stub::watchEvents));
      }
    }
  }

  private static void watchOthers(Channel channel, ClientInterceptor admin, OrderId order) {
    var orders = WatchServiceGrpc.newStub(channel).withInterceptors(admin);
    var dashboards = DashboardServiceGrpc.newStub(channel).withInterceptors(admin);
    for (int i = 0; i < OTHERS; i++) {
      var _ =
          Heard.byNobody(
              WatchOrderRequest.newBuilder().setOrderId(order.toString()).build(),
              orders::watchOrder);
      var _ =
          Heard.byNobody(WatchDashboardRequest.getDefaultInstance(), dashboards::watchDashboard);
    }
  }

  /// Looks at the heap for as long as all watch, the last time when they have been stuck for long.
  private boolean isOver(ServiceProcess service) {
    LiveObjects live = service.liveObjects();
    long watches = live.count(EVENT_WATCH);
    if (watches == WATCHERS) {
      bytesMost = Math.max(bytesMost, live.bytes());
    }
    return bytesMost > 0 && watches == 0;
  }

  private static void assertCanResume(Heard<WatchEventsRequest, WatchEventsResponse> watch) {
    watch.listen();
    Status end = watch.end();
    long position = -1;
    for (int left = watch.waiting(); left > 0; left--) {
      position = watch.next().getPosition();
    }
    assertThat(end.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(end.getDescription()).contains("resume after position " + position + ".");
  }
}
