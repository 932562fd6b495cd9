package io.kiroku.ws.following;

import io.kiroku.proto.job.v1.ListJobEventsRequest;
import io.kiroku.proto.job.v1.ListJobEventsResponse;
import io.kiroku.proto.job.v1.MutinyJobServiceGrpc.MutinyJobServiceStub;
import io.kiroku.ws.handshake.SocketUser;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks job-service, in the name of a socket's user.
@ApplicationScoped
public class JobHistories {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final MutinyJobServiceStub jobs;

  JobHistories(@GrpcClient("jobs") MutinyJobServiceStub jobs) {
    this.jobs = jobs;
  }

  /// A stub that shows the user's token; one per socket.
  public MutinyJobServiceStub as(SocketUser user) {
    return user.requestContext().attachTo(jobs);
  }

  /// The job and its events after a sequence. Fails with `NOT_FOUND` if there is no such job for
  /// this user, with another status if job-service does not answer.
  public static Uni<ListJobEventsResponse> after(
      MutinyJobServiceStub jobs, String jobId, long sequence) {
    return jobs.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .listJobEvents(
            ListJobEventsRequest.newBuilder().setJobId(jobId).setAfterSequence(sequence).build());
  }
}
