package io.kiroku.ws.socket;

import io.grpc.Status;
import io.kiroku.proto.job.v1.ListJobEventsResponse;
import io.kiroku.proto.job.v1.MutinyJobServiceGrpc.MutinyJobServiceStub;
import io.kiroku.ws.following.Following;
import io.kiroku.ws.following.JobHistories;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/// The questions of one socket to job-service, a few at a time. On the socket's event loop only.
final class Loads {
  private static final Logger LOG = Logger.getLogger(Loads.class);

  private final Context context;
  private final MutinyJobServiceStub jobs;
  private final int runningMax;
  private final BiConsumer<Following, ListJobEventsResponse> loaded;
  private final BiConsumer<Following, Status.Code> failed;
  private final Queue<Following> waiting = new ArrayDeque<>();
  private int running;

  Loads(
      Context context,
      MutinyJobServiceStub jobs,
      int runningMax,
      BiConsumer<Following, ListJobEventsResponse> loaded,
      BiConsumer<Following, Status.Code> failed) {
    this.context = context;
    this.jobs = jobs;
    this.runningMax = runningMax;
    this.loaded = loaded;
    this.failed = failed;
  }

  void load(Following following) {
    following.loading();
    waiting.add(following);
    next();
  }

  private void next() {
    while (running < runningMax) {
      Following following = waiting.poll();
      if (following == null) {
        return;
      }
      running++;
      JobHistories.after(jobs, following.jobId(), following.last())
          .subscribe()
          .with(answer -> answered(following, answer), failure -> failed(following, failure));
    }
  }

  private void answered(Following following, ListJobEventsResponse answer) {
    context.runOnContext(_ -> {
      running--;
      loaded.accept(following, answer);
      next();
    });
  }

  private void failed(Following following, Throwable failure) {
    LOG.debugf(failure, "%s was not loaded", following.jobId());
    context.runOnContext(_ -> {
      running--;
      following.notLoaded();
      failed.accept(following, Status.fromThrowable(failure).getCode());
      next();
    });
  }
}
