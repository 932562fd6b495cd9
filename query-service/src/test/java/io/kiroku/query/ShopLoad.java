package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Products whose prices go on changing, and orders that go on being placed. Some products have an
/// event that nobody can read, and one behind it.
final class ShopLoad {
  static final String PROJECTION = "product";
  static final int BROKEN = 5;

  private static final int PRODUCTS = 40;
  private static final Duration PACE = Duration.ofMillis(25);

  private final CommandSide commands;
  private final Map<ProductId, String> tokens = new ConcurrentHashMap<>();
  private final List<ProductId> products = new ArrayList<>();
  private final List<StreamId> broken = new ArrayList<>();
  private final AtomicInteger orders = new AtomicInteger();

  ShopLoad(CommandSide commands) {
    this.commands = commands;
    for (int i = 0; i < PRODUCTS; i++) {
      products.add(createProduct());
    }
    for (int i = 0; i < BROKEN; i++) {
      createBroken();
    }
  }

  private ProductId createProduct() {
    ProductId product = new ProductId(UUID.randomUUID());
    tokens.put(product, commands.createProduct(product));
    return product;
  }

  private void createBroken() {
    ProductId product = createProduct();
    broken.add(stream(product));
    commands.recordUnreadable(stream(product));
    changePrice(product, 1);
  }

  private static StreamId stream(ProductId product) {
    return StreamId.of(PROJECTION, product.toString());
  }

  private void changePrice(ProductId product, int yen) {
    var changed = new ProductPriceChanged(product, Money.yen(yen), Instant.now());
    tokens.put(product, commands.record(stream(product), "root", changed));
  }

  /// Their second event is the one that nobody can read.
  List<StreamId> broken() {
    return broken;
  }

  /// A history for every product.
  void changePrices(int times) {
    for (ProductId product : products) {
      var changed = new ProductPriceChanged(product, Money.yen(700), Instant.now());
      UUID job = UUID.randomUUID();
      commands.recordMany("default", stream(product), changed, job, job, times);
    }
  }

  /// Goes on until it is closed.
  Running start() {
    return new Running();
  }

  final class Running implements AutoCloseable {
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Future<?> running =
        CompletableFuture.runAsync(this::run, work -> Thread.ofVirtual().start(work));

    private void run() {
      for (int i = 0; !enough.get(); i++) {
        changePrice(products.get(i % PRODUCTS), 801 + i);
        commands.place(new OrderId(UUID.randomUUID()), "mika");
        orders.incrementAndGet();
        LockSupport.parkNanos(PACE.toNanos());
      }
    }

    /// Fails if the load did.
    @Override
    public void close() throws Exception {
      enough.set(true);
      running.get();
    }
  }

  /// Each product as it was left.
  void awaitShown(Channel service, KeyPair keys, Duration most) {
    for (ProductId product : products) {
      var request = GetProductRequest.newBuilder().setProductId(product.toString()).build();
      String token = tokens.getOrDefault(product, "");
      await()
          .atMost(most)
          .ignoreExceptions()
          .until(() ->
              QueryServiceGrpc.newBlockingStub(service)
                  .withInterceptors(CallHeaders.of(keys, "", token))
                  .getProduct(request)
                  .hasProduct());
    }
  }

  /// Nothing is parked, and every build shows everything as the log has it.
  ///
  /// @param more products than these
  void verify(Operator operator, int more) {
    verify(operator, more, 0);
  }

  /// As above.
  ///
  /// @param moreOrders than these
  void verify(Operator operator, int more, int moreOrders) {
    Map<String, Integer> streams =
        Map.of(PROJECTION, PRODUCTS + BROKEN + more, "order-view", orders.get() + moreOrders);
    for (ProjectionStatus build : operator.statuses()) {
      assertThat(build.getParkedStreams()).as(build.getId()).isZero();
      AuditProjectionResponse audit = operator.audit(build);
      assertThat(audit.getDiffering()).as(build.getId()).isZero();
      Integer expected = streams.get(build.getName());
      if (expected != null) {
        assertThat(audit.getStreams()).as(build.getId()).isEqualTo((long) expected);
      }
    }
  }
}
