package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.grpc.ClientInterceptor;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.proto.projection.v1.AuditAdminGrpc;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.Builds;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsRequest;
import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.service.testing.IdentityProvider;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The service is killed under load, again and again, once in the middle of a rebuild and once
/// while parked streams are tried again; what it shows in the end is what the log says.
class KilledIT {
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final Duration PACE = Duration.ofMillis(10);
  private static final int KILLS = 3;
  private static final int PRODUCTS = 40;
  private static final int BROKEN = 5;
  private static final String PRODUCT = "product";

  private final IdentityProvider identities = new IdentityProvider();
  private final Map<String, Long> watermarks = new HashMap<>();
  private final Map<ProductId, String> tokens = new ConcurrentHashMap<>();
  private final List<ProductId> products = new ArrayList<>();
  private final List<ProductId> broken = new ArrayList<>();

  @Test
  void trap_21_a_service_that_is_killed_again_and_again_loses_nothing_it_was_given()
      throws Exception {
    MongoServer mongo = new MongoServer(new MemoryBackend());
    try (EventStoreNode node = EventStoreNode.inMemory().start();
        CommandSide commands = new CommandSide(node.connectionString())) {
      mongo.bind();
      Map<String, String> environment = ServiceProcess.environment(node, mongo, identities);
      createProducts(commands);
      createBroken(commands);
      AtomicBoolean enough = new AtomicBoolean();
      try (var loads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> load =
            loads.submit(() -> {
              load(commands, enough);
              return null;
            });
        try {
          for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(environment, kill);
          }
        } finally {
          enough.set(true);
        }
        load.get();
      }
      try (ServiceProcess service = new ServiceProcess(environment)) {
        awaitRebuilt(service);
        awaitLastPrices(service);
        skipBroken(service);
        awaitEqual(service);
      }
    } finally {
      mongo.shutdownNow();
    }
  }

  private void createProducts(CommandSide commands) {
    for (int i = 0; i < PRODUCTS; i++) {
      products.add(createProduct(commands));
    }
  }

  private ProductId createProduct(CommandSide commands) {
    ProductId product = new ProductId(UUID.randomUUID());
    tokens.put(product, commands.createProduct(product));
    return product;
  }

  /// Products with an event that nobody can read, and one behind it.
  private void createBroken(CommandSide commands) {
    for (int i = 0; i < BROKEN; i++) {
      ProductId product = createProduct(commands);
      broken.add(product);
      commands.recordUnreadable(stream(product));
      record(commands, product, new ProductPriceChanged(product, Money.yen(1), Instant.now()));
    }
  }

  private static StreamId stream(ProductId product) {
    return StreamId.of(PRODUCT, product.toString());
  }

  private void record(CommandSide commands, ProductId product, Object event) {
    tokens.put(product, commands.record(stream(product), "root", event));
  }

  private void load(CommandSide commands, AtomicBoolean enough) throws InterruptedException {
    for (int i = 0; !enough.get(); i++) {
      ProductId product = products.get(i % PRODUCTS);
      Money price = Money.yen(801 + i);
      record(commands, product, new ProductPriceChanged(product, price, Instant.now()));
      commands.place(new OrderId(UUID.randomUUID()), "mika");
      Thread.sleep(PACE);
    }
  }

  /// Killed as soon as the products have moved on, or their rebuild has begun, or the first of the
  /// parked streams has been tried again.
  private void runAndKill(Map<String, String> environment, int kill) throws Exception {
    try (ServiceProcess service = new ServiceProcess(environment)) {
      long first = awaitFollowing(service);
      switch (kill) {
        case 0 -> await().atMost(WAIT).until(() -> awaitFollowing(service) > first);
        case 1 -> beginRebuild(service);
        default -> beginRetries(service);
      }
      service.kill();
    }
  }

  private void beginRebuild(ServiceProcess service) {
    var progress =
        RebuildAdminGrpc.newBlockingStub(service.channel())
            .withInterceptors(admin())
            .rebuild(RebuildRequest.newBuilder().setProjection(PRODUCT).build());
    assertThat(progress.next().getProgress().getPhase()).isIn("BUILDING", "COMPARING");
  }

  private void beginRetries(ServiceProcess service) {
    await().atMost(WAIT).until(() -> parked(service) == BROKEN);
    var progress =
        projections(service)
            .retryParkedStreams(
                RetryParkedStreamsRequest.newBuilder()
                    .setFilter(ParkedStreamFilter.newBuilder().setProjection(PRODUCT))
                    .setPerSecond(1)
                    .build());
    assertThat(progress).as("progress").hasNext();
  }

  /// In the build of products that has parked most.
  private long parked(ServiceProcess service) {
    return builds(service).mapToLong(ProjectionStatus::getParkedStreams).max().orElse(0);
  }

  private Stream<ProjectionStatus> builds(ServiceProcess service) {
    return statuses(service).stream().filter(status -> status.getName().equals(PRODUCT));
  }

  private void skipBroken(ServiceProcess service) {
    assertThat(builds(service))
        .extracting(ProjectionStatus::getParkedStreams)
        .containsOnly((long) BROKEN);
    builds(service).forEach(build -> broken.forEach(product -> skip(service, build, product)));
  }

  private void skip(ServiceProcess service, ProjectionStatus build, ProductId product) {
    var _ =
        projections(service)
            .skipParkedEvent(
                SkipParkedEventRequest.newBuilder()
                    .setProjection(build.getId())
                    .setStream(stream(product).value())
                    .setFailingRevision(1)
                    .setReason("not readable")
                    .build());
  }

  /// How far the products are, once every projection follows the log. No position is ever lower
  /// than it was.
  private long awaitFollowing(ServiceProcess service) {
    await()
        .atMost(WAIT)
        .ignoreExceptions()
        .until(() -> {
          List<ProjectionStatus> all = statuses(service);
          return all.stream().anyMatch(status -> status.getName().equals(PRODUCT))
              && all.stream().allMatch(status -> status.getState().equals("FOLLOWING"));
        });
    long products = -1;
    for (ProjectionStatus status : statuses(service)) {
      assertThat(status.getWatermark())
          .as(status.getId())
          .isGreaterThanOrEqualTo(watermarks.getOrDefault(status.getId(), -1L));
      watermarks.put(status.getId(), status.getWatermark());
      products = status.getName().equals(PRODUCT) ? status.getWatermark() : products;
    }
    return products;
  }

  private List<ProjectionStatus> statuses(ServiceProcess service) {
    return projections(service)
        .listProjections(ListProjectionsRequest.getDefaultInstance())
        .getProjectionsList();
  }

  private ProjectionAdminBlockingStub projections(ServiceProcess service) {
    return ProjectionAdminGrpc.newBlockingStub(service.channel()).withInterceptors(admin());
  }

  private void awaitRebuilt(ServiceProcess service) {
    var request = GetBuildsRequest.newBuilder().setProjection(PRODUCT).build();
    await()
        .atMost(WAIT)
        .ignoreExceptions()
        .until(() -> {
          Builds builds =
              RebuildAdminGrpc.newBlockingStub(service.channel())
                  .withInterceptors(admin())
                  .getBuilds(request)
                  .getBuilds();
          return builds.getLive() == 2 && builds.getLast().getPhase().equals("SWITCHED");
        });
  }

  private void awaitLastPrices(ServiceProcess service) {
    for (ProductId product : products) {
      var request = GetProductRequest.newBuilder().setProductId(product.toString()).build();
      String token = tokens.getOrDefault(product, "");
      await()
          .atMost(WAIT)
          .ignoreExceptions()
          .until(() ->
              QueryServiceGrpc.newBlockingStub(service.channel())
                  .withInterceptors(CallHeaders.of(identities.keys(), "", token))
                  .getProduct(request)
                  .hasProduct());
    }
  }

  private void awaitEqual(ServiceProcess service) {
    assertThat(awaitFollowing(service)).isPositive();
    for (ProjectionStatus status : statuses(service)) {
      assertThat(status.getParkedStreams()).as(status.getId()).isZero();
      AuditProjectionResponse audit = audit(service, status.getId());
      assertThat(audit.getDiffering()).as(status.getId()).isZero();
      if (status.getName().equals(PRODUCT)) {
        assertThat(audit.getStreams()).as(status.getId()).isEqualTo(PRODUCTS + BROKEN);
      }
    }
  }

  private AuditProjectionResponse audit(ServiceProcess service, String id) {
    List<AuditProjectionResponse> progress = new ArrayList<>();
    AuditAdminGrpc.newBlockingStub(service.channel())
        .withInterceptors(admin())
        .auditProjection(AuditProjectionRequest.newBuilder().setProjection(id).build())
        .forEachRemaining(progress::add);
    return progress.getLast();
  }

  private ClientInterceptor admin() {
    return CallHeaders.of(identities.keys(), "root", "", "admin");
  }
}
