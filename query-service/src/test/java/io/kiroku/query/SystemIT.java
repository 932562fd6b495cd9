package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.Dependency;
import io.kiroku.proto.query.v1.GetSystemStatisticsRequest;
import io.kiroku.proto.query.v1.GetTopologyRequest;
import io.kiroku.proto.query.v1.ProjectionNode;
import io.kiroku.proto.query.v1.ReadModelStatistics;
import io.kiroku.proto.query.v1.SagaCount;
import io.kiroku.proto.query.v1.StatusCount;
import io.kiroku.proto.query.v1.SystemServiceGrpc;
import io.kiroku.proto.query.v1.SystemServiceGrpc.SystemServiceBlockingStub;
import io.kiroku.proto.query.v1.SystemStatistics;
import io.kiroku.proto.query.v1.Topology;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The platform as operators see it.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class SystemIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
  private static final GetTopologyRequest TOPOLOGY = GetTopologyRequest.getDefaultInstance();
  private static final GetSystemStatisticsRequest STATISTICS =
      GetSystemStatisticsRequest.getDefaultInstance();

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

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

  private SystemServiceBlockingStub as(String user, String... groups) {
    return SystemServiceGrpc.newBlockingStub(channel).withInterceptors(shop.as(user, groups));
  }

  private SystemStatistics statistics() {
    return as("root", "admin").getSystemStatistics(STATISTICS).getStatistics();
  }

  private Topology topology() {
    return as("root", "admin").getTopology(TOPOLOGY).getTopology();
  }

  private OrderId place() {
    return shop.place(new OrderLine(new ProductId(UUID.randomUUID()), "Tea", 2, Money.yen(800)));
  }

  private void startFulfillment(OrderId order) {
    shop.record(
        StreamId.of("fulfillment", order.toString()),
        new SagaStarted<>(order.toString(), "order-fulfillment", List.of(), AT, AT));
  }

  @Test
  void statistics_tell_how_much_there_is_of_everything_with_what_the_token_names() {
    OrderId order = place();
    shop.record(new OrderConfirmed(order, AT));
    place();
    startFulfillment(order);
    OrderId done = place();
    startFulfillment(done);
    shop.record(
        StreamId.of("fulfillment", done.toString()), new SagaCompleted<>(done.toString(), AT));
    SystemStatistics shown = statistics();
    assertThat(shown.getOrdersList())
        .containsExactly(
            StatusCount.newBuilder().setStatus("CONFIRMED").setCount(1).build(),
            StatusCount.newBuilder().setStatus("PLACED").setCount(2).build());
    assertThat(shown.getSagasList())
        .containsExactly(fulfillments("COMPLETED"), fulfillments("RUNNING"));
    assertThat(shown.getReadModelsList())
        .extracting(model -> model.getProjection().getName())
        .containsExactlyInAnyOrder("categories", "order-view", "product", "saga", "sales", "stock");
    assertThat(documents(shown, "order-view")).isGreaterThanOrEqualTo(3);
    assertThat(documents(shown, "saga")).isGreaterThanOrEqualTo(2);
    assertThat(shown.getLastPosition()).isPositive();
    await().atMost(SOON).until(() -> statistics().getEvents() >= 6);
  }

  private static SagaCount fulfillments(String status) {
    return SagaCount.newBuilder()
        .setSaga("order-fulfillment")
        .setStatus(status)
        .setCount(1)
        .build();
  }

  private static long documents(SystemStatistics shown, String readModel) {
    return shown.getReadModelsList().stream()
        .filter(it -> it.getProjection().getName().equals(readModel))
        .mapToLong(ReadModelStatistics::getDocuments)
        .sum();
  }

  @Test
  void a_topology_tells_who_answers_what_he_depends_on_and_what_he_keeps_going() {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(topology().getProjectionsList())
                .extracting(ProjectionNode::getState)
                .containsOnly("FOLLOWING"));
    Topology shown = topology();
    assertThat(shown.getInstance().getService()).isEqualTo("query-service");
    assertThat(shown.getInstance().getHost()).isNotBlank();
    assertThat(shown.getDependenciesList())
        .extracting(Dependency::getName, Dependency::getState)
        .containsExactly(tuple("event-store", "UP"), tuple("mongodb", "UP"));
    assertThat(shown.getDependenciesList())
        .allSatisfy(it -> assertThat(it.getAddressesList()).hasSize(1));
    assertThat(eventStoreUrl).contains("://" + shown.getDependencies(0).getAddresses(0));
    assertThat(shown.getProjectionsList())
        .filteredOn(it -> it.getName().equals("order-view"))
        .first()
        .returns("order-view-v" + version(shown, "order-view"), ProjectionNode::getId)
        .returns(true, ProjectionNode::getLive)
        .returns(
            List.of("fulfillment", "order", "payment", "shipment"),
            it -> List.copyOf(it.getCategoriesList()));
  }

  private static int version(Topology shown, String projection) {
    return shown.getProjectionsList().stream()
        .filter(it -> it.getName().equals(projection))
        .mapToInt(ProjectionNode::getVersion)
        .sum();
  }

  @Test
  void both_are_for_admins() {
    assertThat(refused(() -> as("mika", "writer").getTopology(TOPOLOGY)))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("mika", "writer").getSystemStatistics(STATISTICS)))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("").getTopology(TOPOLOGY))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(() -> as("").getSystemStatistics(STATISTICS)))
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  private static Code refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }
}
