package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.kiroku.proto.projection.v1.Builds;
import io.kiroku.proto.projection.v1.CancelRebuildRequest;
import io.kiroku.proto.projection.v1.DropKeptBuildRequest;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.GetProjectionRequest;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc.RebuildAdminBlockingStub;
import io.kiroku.proto.projection.v1.RebuildProgress;
import io.kiroku.proto.projection.v1.RebuildRequest;
import io.kiroku.proto.projection.v1.RollbackBuildRequest;
import io.kiroku.proto.projection.v1.SwitchBuildRequest;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A read model is built anew under its readers' eyes.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class RebuildIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PRODUCT = "product";

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

  private RebuildAdminBlockingStub admin() {
    return RebuildAdminGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "root", "", "admin"));
  }

  private List<String> running() {
    return ProjectionAdminGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "root", "", "admin"))
        .listProjections(ListProjectionsRequest.getDefaultInstance())
        .getProjectionsList()
        .stream()
        .map(ProjectionStatus::getId)
        .filter(id -> id.startsWith(PRODUCT))
        .toList();
  }

  private String live() {
    return ProjectionAdminGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "root", "", "admin"))
        .getProjection(GetProjectionRequest.newBuilder().setProjection(PRODUCT).build())
        .getProjection()
        .getId();
  }

  /// Writes, and reads with the token at once. Fails if the answer is stale.
  private void writeAndRead() {
    var product = new ProductId(UUID.randomUUID());
    String token = commands.createProduct(product);
    var found =
        QueryServiceGrpc.newBlockingStub(channel)
            .withInterceptors(CallHeaders.of(keys, "", token))
            .getProduct(GetProductRequest.newBuilder().setProductId(product.toString()).build());
    assertThat(found.getProduct().getName()).isEqualTo("Sencha");
  }

  private List<RebuildProgress> rebuild(boolean hold) {
    List<RebuildProgress> seen = new ArrayList<>();
    admin()
        .rebuild(RebuildRequest.newBuilder().setProjection(PRODUCT).setHold(hold).build())
        .forEachRemaining(answer -> seen.add(answer.getProgress()));
    return seen;
  }

  @Test
  void trap_08_no_reader_notices_a_rebuild_a_switch_a_rollback_or_a_drop() throws Exception {
    for (int i = 0; i < 300; i++) {
      writeAndRead();
    }
    AtomicInteger reads = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    List<Throwable> stale = new CopyOnWriteArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                while (!enough.get()) {
                  writeAndRead();
                  reads.incrementAndGet();
                }
              } catch (RuntimeException | AssertionError e) {
                stale.add(e);
              }
            });
    reader.start();

    List<RebuildProgress> held = rebuild(true);
    assertThat(held.getLast().getPhase()).isEqualTo("WAITING");
    assertThat(held.getLast().getComparison().getDiffering()).isZero();
    assertThat(held.getLast().getComparison().getCompared()).isPositive();
    assertThat(held.getLast().getEventsDone()).isGreaterThanOrEqualTo(300);
    assertThat(live()).isEqualTo("product-v3");
    int build = held.getLast().getBuild();

    var _ = admin().switchBuild(SwitchBuildRequest.newBuilder().setProjection(PRODUCT).build());
    await().atMost(SOON).until(() -> live().equals("product-v3-b" + build));
    int afterSwitch = reads.get();
    await().atMost(SOON).until(() -> reads.get() > afterSwitch + 20 || !stale.isEmpty());

    var _ = admin().rollbackBuild(RollbackBuildRequest.newBuilder().setProjection(PRODUCT).build());
    await().atMost(SOON).until(() -> live().equals("product-v3"));
    var _ = admin().dropKeptBuild(DropKeptBuildRequest.newBuilder().setProjection(PRODUCT).build());
    await().atMost(SOON).until(() -> running().equals(List.of("product-v3")));
    int afterDrop = reads.get();
    await().atMost(SOON).until(() -> reads.get() > afterDrop + 20 || !stale.isEmpty());
    enough.set(true);
    assertThat(reader.join(SOON)).isTrue();
    assertThat(stale).isEmpty();

    var builds =
        admin().getBuilds(GetBuildsRequest.newBuilder().setProjection(PRODUCT).build()).getBuilds();
    assertThat(List.of(builds.getLive(), builds.getKept())).containsExactly(1, 0);
    assertThat(builds.getLast().getPhase()).isEqualTo("SWITCHED");
    assertThat(builds.getLast().getActor()).isEqualTo("root");
  }

  @Test
  void a_rebuild_that_is_given_up_leaves_nothing_behind_and_readers_alone() throws Exception {
    writeAndRead();
    String live = live();
    RebuildProgress held = rebuild(true).getLast();
    assertThat(held.getPhase()).isEqualTo("WAITING");
    assertThat(running()).hasSize(2);

    Builds builds = cancel();

    assertThat(builds.hasRebuild()).isFalse();
    assertThat(builds.getLast().getBuild()).isEqualTo(held.getBuild());
    assertThat(builds.getLast().getPhase()).isEqualTo("CANCELLED");
    await().atMost(SOON).until(() -> running().equals(List.of(live)));
    writeAndRead();
    assertThat(reason(this::cancel)).isEqualTo("NOTHING_REBUILT");
  }

  private Builds cancel() {
    return admin()
        .cancelRebuild(CancelRebuildRequest.newBuilder().setProjection(PRODUCT).build())
        .getBuilds();
  }

  @Test
  void what_makes_no_sense_is_refused_with_a_code() throws Exception {
    var stock = SwitchBuildRequest.newBuilder().setProjection("stock").build();
    assertThat(reason(() -> admin().switchBuild(stock))).isEqualTo("NOTHING_REBUILT");
  }

  private static String reason(ThrowingCallable call) throws Exception {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class).getReason();
  }
}
