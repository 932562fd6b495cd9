package io.kiroku.gateway.job;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.proto.job.v1.GetJobRequest;
import io.kiroku.proto.job.v1.MutinyJobServiceGrpc.MutinyJobServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/api/v1/jobs")
class JobResource {
  private final MutinyJobServiceStub jobs;
  private final CurrentRequest current;

  JobResource(@GrpcClient("job") MutinyJobServiceStub jobs, CurrentRequest current) {
    this.jobs = jobs;
    this.current = current;
  }

  @GET
  @Path("/{jobId}")
  public Uni<Job> get(String jobId) {
    current.caller().requireSignedIn();
    String id = Checks.pathId("jobId", jobId);
    return current
        .attachTo(jobs)
        .getJob(GetJobRequest.newBuilder().setJobId(id).build())
        .map(answer -> Job.of(answer.getJob()));
  }
}
