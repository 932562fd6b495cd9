package io.kiroku.bench.readside;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.Jvm;
import io.kiroku.bench.ProcessCpu;
import io.kiroku.bench.Table;
import io.kiroku.proto.query.v1.WatchEventsRequest;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.proto.query.v1.WatchServiceGrpc;
import java.io.IOException;
import java.time.Duration;

/// What query-service keeps for clients that watch the whole log and read nothing of it: on one
/// connection, whose window they exhaust, too.
record SilentWatches(AdminCalls connection, long queryService) {
  private static final int WATCHES = 200;
  private static final String WATCH = "io.kiroku.query.watch.EventWatch";
  private static final long FROM_THE_BEGINNING = -1;
  private static final Duration BUFFERS_FILL = Duration.ofSeconds(5);

  /// Twice as long as a watch may stall by default.
  private static final Duration CUT_OFF_MOST = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofSeconds(1);

  Table run() throws IOException, InterruptedException {
    var table =
        new Table(
            "Clients that watch the log and read nothing",
            "when",
            "watches",
            "live heap MiB",
            "process MiB");
    row(table, "before");
    for (int i = 0; i < WATCHES; i++) {
      open();
    }
    Thread.sleep(BUFFERS_FILL);
    row(table, "open for %d s".formatted(BUFFERS_FILL.toSeconds()));
    long begin = System.nanoTime();
    while (watches() > 0 && System.nanoTime() - begin < CUT_OFF_MOST.toNanos()) {
      Thread.sleep(LOOK);
    }
    row(table, "after %d s more".formatted((System.nanoTime() - begin) / 1_000_000_000));
    return table;
  }

  private void open() {
    var request = WatchEventsRequest.newBuilder().setAfterPosition(FROM_THE_BEGINNING).build();
    connection.stub(WatchServiceGrpc::newStub).watchEvents(request, new Silent());
  }

  private void row(Table table, String when) throws IOException, InterruptedException {
    var jvm = new Jvm(queryService);
    table.row(when, watches(), jvm.liveHeapMiB(), ProcessCpu.memoryMiB(queryService));
  }

  private long watches() throws IOException, InterruptedException {
    return new Jvm(queryService).instances(WATCH);
  }

  /// Never asks for a message.
  private static final class Silent
      implements ClientResponseObserver<WatchEventsRequest, WatchEventsResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<WatchEventsRequest> call) {
      call.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(WatchEventsResponse unexpected) {
      throw new IllegalStateException("nobody asked for " + unexpected);
    }

    @Override
    public void onError(Throwable cutOff) {}

    @Override
    public void onCompleted() {}
  }
}
