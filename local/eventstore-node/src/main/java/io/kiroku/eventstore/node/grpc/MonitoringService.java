package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringGrpc.MonitoringImplBase;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsReq;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsResp;
import io.kiroku.eventstore.node.statistics.Statistics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `event_store.client.monitoring.Monitoring`: figures at once, and again after each period until
/// the client or the node is gone.
public final class MonitoringService extends MonitoringImplBase implements AutoCloseable {
  /// A client that asks for no pause at all must not have a processor for itself.
  private static final long PERIOD_MILLIS_MIN = 100;

  private static final long PERIOD_MILLIS_MAX = Duration.ofDays(1).toMillis();

  private final Statistics statistics;
  private final Set<StatisticsCall> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  public MonitoringService(Statistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public void stats(StatsReq request, StreamObserver<StatsResp> out) {
    long asked = request.getRefreshTimePeriodInMs();
    long millis = // beyond the signed range it is negative
        asked < 0 ? PERIOD_MILLIS_MAX : Math.clamp(asked, PERIOD_MILLIS_MIN, PERIOD_MILLIS_MAX);
    StatisticsCall call =
        new StatisticsCall(
            statistics, (ServerCallStreamObserver<StatsResp>) out, Duration.ofMillis(millis));
    open.add(call);
    if (closing) {
      call.close();
    }
    Thread.startVirtualThread(() -> {
      try {
        call.run();
      } finally {
        open.remove(call);
      }
    });
  }

  /// Ends all calls.
  @Override
  public void close() {
    closing = true;
    open.forEach(StatisticsCall::close);
  }
}
