package io.kiroku.bench.readside;

import io.grpc.StatusRuntimeException;
import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.ProcessCpu;
import io.kiroku.bench.Table;
import io.kiroku.proto.projection.v1.GetProjectionRequest;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildProgress;
import io.kiroku.proto.projection.v1.RebuildRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Read models that follow a log which has grown without them, all at once; then each of them built
/// anew beside the live one.
final class CatchUp {
  static final List<String> PROJECTIONS = List.of("order-view", "product");
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PROGRESS = Duration.ofSeconds(10);

  private final AdminCalls queries;
  private final long pid;
  private final Table table =
      new Table(
          "Read models from a log that is there",
          "read model",
          "events",
          "seconds",
          "events/s",
          "query-service MiB at most");

  /// @param pid of query-service
  CatchUp(AdminCalls queries, long pid) {
    this.queries = queries;
    this.pid = pid;
  }

  /// @param head of the log
  /// @param resume lets query-service go on
  Table run(int events, long head, AutoCloseable resume) throws Exception {
    measure(
        "order-view and product, live",
        events,
        () -> {
          resume.close();
          PROJECTIONS.forEach(projection -> awaitEnd(projection, head));
        });
    for (String projection : PROJECTIONS) {
      var built = new AtomicLong();
      measure(projection + ", rebuilt", built, () -> built.set(rebuild(projection)));
    }
    return table;
  }

  private interface Work {
    void run() throws Exception;
  }

  private void measure(String what, int events, Work work) throws Exception {
    measure(what, new AtomicLong(events), work);
  }

  private void measure(String what, AtomicLong events, Work work) throws Exception {
    var done = new AtomicBoolean();
    var most = new AtomicLong();
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!done.get()) {
                most.accumulateAndGet(ProcessCpu.memoryMiB(pid), Math::max);
                pause(LOOK);
              }
            });
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    done.set(true);
    watch.join();
    table.row(
        what, "%,d".formatted(events.get()), seconds, events.get() / seconds, most.toString());
  }

  private void awaitEnd(String projection, long head) {
    long told = System.nanoTime();
    while (true) {
      long watermark = watermark(projection);
      if (watermark >= head) {
        return;
      }
      if (System.nanoTime() - told > PROGRESS.toNanos()) {
        told = System.nanoTime();
        System.out.printf("  %s: at %,d of %,d%n", projection, watermark, head);
      }
      pause(LOOK);
    }
  }

  /// -1 if it cannot be told now.
  private long watermark(String projection) {
    try {
      ProjectionStatus status =
          queries
              .stub(ProjectionAdminGrpc::newBlockingStub)
              .getProjection(GetProjectionRequest.newBuilder().setProjection(projection).build())
              .getProjection();
      return status.getWatermark();
    } catch (StatusRuntimeException away) {
      return -1;
    }
  }

  /// @return how many events were read
  private long rebuild(String projection) {
    var request = RebuildRequest.newBuilder().setProjection(projection).build();
    RebuildProgress last = RebuildProgress.getDefaultInstance();
    var progress = queries.stub(RebuildAdminGrpc::newBlockingStub).rebuild(request);
    while (progress.hasNext()) {
      last = progress.next().getProgress();
    }
    return last.getEventsDone();
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
