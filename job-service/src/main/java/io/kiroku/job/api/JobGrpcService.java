package io.kiroku.job.api;

import io.grpc.StatusRuntimeException;
import io.kiroku.job.store.Changed;
import io.kiroku.job.store.JobChange;
import io.kiroku.job.store.Outcome;
import io.kiroku.job.store.RedisJobs;
import io.kiroku.proto.job.v1.GetJobRequest;
import io.kiroku.proto.job.v1.GetJobResponse;
import io.kiroku.proto.job.v1.IssueJobRequest;
import io.kiroku.proto.job.v1.IssueJobResponse;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobService;
import io.kiroku.proto.job.v1.ListJobEventsRequest;
import io.kiroku.proto.job.v1.ListJobEventsResponse;
import io.kiroku.proto.job.v1.RejectJobRequest;
import io.kiroku.proto.job.v1.RejectJobResponse;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.kiroku.service.tracing.Traces;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jboss.logging.Logger;

/// Jobs as their owners see them.
@GrpcService
class JobGrpcService implements JobService {
  private static final Logger LOG = Logger.getLogger(JobGrpcService.class);

  private final RedisJobs jobs;

  JobGrpcService(RedisJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public Uni<IssueJobResponse> issueJob(IssueJobRequest request) {
    Caller caller = signedIn();
    var issue =
        new JobChange.Issue(
            Ids.uuid("job_id", request.getJobId()),
            caller.userId(),
            caller.tenant(),
            Ids.name("kind", request.getKind()),
            Instant.now(),
            Traces.current());
    return change(issue).map(job -> IssueJobResponse.newBuilder().setJob(job).build());
  }

  @Override
  public Uni<RejectJobResponse> rejectJob(RejectJobRequest request) {
    Caller caller = signedIn();
    var reject =
        new JobChange.Reject(
            Ids.uuid("job_id", request.getJobId()),
            caller.userId(),
            caller.tenant(),
            Ids.name("code", request.getCode()),
            Instant.now(),
            Traces.current());
    return change(reject).map(job -> RejectJobResponse.newBuilder().setJob(job).build());
  }

  @Override
  public Uni<GetJobResponse> getJob(GetJobRequest request) {
    Caller caller = signedIn();
    return available(jobs.find(Ids.uuid("job_id", request.getJobId())))
        .map(
            found -> found.filter(job -> maySee(caller, job)).orElseThrow(JobGrpcService::notFound))
        .map(job -> GetJobResponse.newBuilder().setJob(job).build());
  }

  @Override
  public Uni<ListJobEventsResponse> listJobEvents(ListJobEventsRequest request) {
    Caller caller = signedIn();
    String jobId = Ids.uuid("job_id", request.getJobId());
    if (request.getAfterSequence() < 0) {
      throw Errors.invalid("after_sequence", "must not be negative");
    }
    return available(jobs.history(jobId, request.getAfterSequence()))
        .map(found -> found.filter(history -> maySee(caller, history.job())))
        .map(found -> found.orElseThrow(JobGrpcService::notFound))
        .map(history ->
            ListJobEventsResponse.newBuilder()
                .setJob(history.job())
                .addAllEvents(history.events())
                .build());
  }

  private Uni<Job> change(JobChange change) {
    return available(jobs.change(change)).map(JobGrpcService::visible);
  }

  private static Job visible(Changed changed) {
    if (changed.outcome() == Outcome.FOREIGN || changed.outcome() == Outcome.ABSENT) {
      throw notFound();
    }
    return changed.job();
  }

  private static <T> Uni<T> available(Uni<T> work) {
    return work.onFailure()
        .invoke(failure -> LOG.warnf("Redis did not do it: %s", failure.getMessage()))
        .onFailure()
        .transform(_ -> Errors.unavailable("The store of jobs does not answer."));
  }

  private static Caller signedIn() {
    return RequestContext.current().caller().requireSignedIn();
  }

  private static boolean maySee(Caller caller, Job job) {
    return caller.isAdmin() || caller.userId().equals(job.getUserId());
  }

  private static StatusRuntimeException notFound() {
    return Errors.notFound("JOB_NOT_FOUND", "There is no such job.");
  }
}
