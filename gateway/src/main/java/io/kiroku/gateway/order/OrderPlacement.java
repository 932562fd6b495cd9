package io.kiroku.gateway.order;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.proto.job.v1.IssueJobRequest;
import io.kiroku.proto.job.v1.MutinyJobServiceGrpc.MutinyJobServiceStub;
import io.kiroku.proto.job.v1.RejectJobRequest;
import io.kiroku.proto.ordering.v1.MutinyOrderingServiceGrpc.MutinyOrderingServiceStub;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.service.error.Problem;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Opens the job, then places the order. Both ids derive from the idempotency key, so whoever tries
/// again meets the same job and the same order, however far the first try came.
@ApplicationScoped
class OrderPlacement {
  private static final Logger LOG = Logger.getLogger(OrderPlacement.class);
  private static final String KIND = "place-order";
  // The key was used for another order: the job is that order's.
  private static final String COMMAND_ID_REUSED = "COMMAND_ID_REUSED";

  private final MutinyOrderingServiceStub ordering;
  private final MutinyJobServiceStub jobs;
  private final PlacementAdmission admission;

  OrderPlacement(
      @GrpcClient("command") MutinyOrderingServiceStub ordering,
      @GrpcClient("job") MutinyJobServiceStub jobs,
      PlacementAdmission admission) {
    this.ordering = ordering;
    this.jobs = jobs;
    this.admission = admission;
  }

  /// Fails with [StatusRuntimeException]; if the job-service is down, nothing has happened.
  Uni<PlaceOrderResponse> place(PlaceOrderRequest order, CurrentRequest current) {
    RequestContext context = withKey(current.context());
    String jobId = jobId(context);
    MutinyJobServiceStub ownersJobs = CurrentRequest.attachTo(jobs, context);
    MutinyOrderingServiceStub ownersOrders = CurrentRequest.attachTo(ordering, context);
    return admission.admit(() ->
        ownersJobs
            .issueJob(IssueJobRequest.newBuilder().setJobId(jobId).setKind(KIND).build())
            .flatMap(_ ->
                ownersOrders
                    .placeOrder(order)
                    .onFailure(OrderPlacement::isRefused)
                    .call(refused -> reject(ownersJobs, jobId, refused))));
  }

  private static RequestContext withKey(RequestContext context) {
    return context.idempotencyKey() != null
        ? context
        : new RequestContext(
            context.caller(),
            context.bearer(),
            UUID.randomUUID().toString(),
            context.consistencyToken());
  }

  private static String jobId(RequestContext context) {
    Caller caller = context.caller();
    String key = String.valueOf(context.idempotencyKey());
    UUID commandId = CommandIds.commandId(caller.tenant(), caller.userId(), key);
    return CommandIds.derived(commandId, "job").toString();
  }

  /// Certainly not placed, and not to be placed by trying again.
  private static boolean isRefused(Throwable failure) {
    if (!(failure instanceof StatusRuntimeException status)) {
      return false;
    }
    Problem problem = Problem.from(status);
    return problem.httpStatus() < 500
        && !problem.isTransient()
        && problem.status() != Status.Code.CANCELLED
        && !problem.code().equals(COMMAND_ID_REUSED);
  }

  /// The refusal is the answer, whether or not the job learns of it: unheard of, it expires.
  private static Uni<Void> reject(MutinyJobServiceStub jobs, String jobId, Throwable refused) {
    String code = Problem.from((StatusRuntimeException) refused).code();
    return jobs.rejectJob(RejectJobRequest.newBuilder().setJobId(jobId).setCode(code).build())
        .onFailure()
        .invoke(failure -> LOG.warnf("Job %s was not told of %s: %s", jobId, code, failure))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }
}
