package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.node.proto.features.ServerFeaturesGrpc;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringGrpc;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsReq;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsResp;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The statistics that clients of gRPC follow.
final class MonitoringTest {
  private final EventStoreNode node = EventStoreNode.inMemory().start();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress(node.host(), node.port()).usePlaintext().build();

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    node.close();
  }

  private Iterator<StatsResp> follow(long periodMillis) {
    StatsReq request = StatsReq.newBuilder().setRefreshTimePeriodInMs(periodMillis).build();
    return MonitoringGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .stats(request);
  }

  @Test
  void figures_come_at_once_and_are_texts_of_numbers() {
    Map<String, String> figures = follow(60_000).next().getStatsMap();
    assertThat(figures).containsEntry("es-checksum", Long.toString(node.end()));
    assertThat(Long.parseLong(figures.get("proc-id"))).isEqualTo(ProcessHandle.current().pid());
    assertThat(Long.parseLong(figures.get("proc-mem"))).isPositive();
    assertThat(Double.parseDouble(figures.get("proc-cpu"))).isNotNaN();
    assertThat(Long.parseLong(figures.get("es-queue-Storage Writer Queue-length"))).isNotNegative();
  }

  @Test
  void figures_come_again_after_each_period_also_one_of_nothing() {
    Iterator<StatsResp> figures = follow(0);
    for (int i = 0; i < 3; i++) {
      assertThat(figures.next().getStatsMap()).containsKey("es-checksum");
    }
  }

  @Test
  void closing_the_node_ends_the_call_with_unavailable() {
    Iterator<StatsResp> figures = follow(-1); // the longest period there is
    figures.next();
    node.close();
    var ended = catchThrowableOfType(StatusRuntimeException.class, figures::next);
    assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void trap_13_the_service_is_announced_in_lower_case() {
    var methods =
        ServerFeaturesGrpc.newBlockingStub(channel)
            .getSupportedMethods(Shared.Empty.getDefaultInstance())
            .getMethodsList();
    assertThat(methods)
        .anySatisfy(method -> {
          assertThat(method.getServiceName()).isEqualTo("event_store.client.monitoring.monitoring");
          assertThat(method.getMethodName()).isEqualTo("stats");
        });
  }
}
