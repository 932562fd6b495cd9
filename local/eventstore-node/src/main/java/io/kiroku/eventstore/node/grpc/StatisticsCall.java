package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.kiroku.eventstore.node.log.Waker;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsResp;
import io.kiroku.eventstore.node.statistics.Statistics;
import java.time.Duration;

/// One client that follows the statistics. Figures that it is too slow to take are left out.
final class StatisticsCall implements Runnable {
  private final Statistics statistics;
  private final ServerCallStreamObserver<StatsResp> out;
  private final Duration period;
  private final Waker waker = new Waker();
  private volatile boolean closing;

  StatisticsCall(Statistics statistics, ServerCallStreamObserver<StatsResp> out, Duration period) {
    this.statistics = statistics;
    this.out = out;
    this.period = period;
    out.setOnCancelHandler(waker::wake);
  }

  @Override
  public void run() {
    while (!closing && !out.isCancelled()) {
      if (out.isReady()) {
        out.onNext(figures());
      }
      waker.await(period.toNanos());
    }
    if (!out.isCancelled()) {
      out.onError(Errors.unavailable("Server Is Shutting Down"));
    }
  }

  private StatsResp figures() {
    StatsResp.Builder figures = StatsResp.newBuilder();
    statistics.flat().forEach((name, value) -> figures.putStats(name, value.toString()));
    return figures.build();
  }

  void close() {
    closing = true;
    waker.wake();
  }
}
