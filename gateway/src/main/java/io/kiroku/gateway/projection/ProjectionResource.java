package io.kiroku.gateway.projection;

import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.proto.query.v1.ListProjectionsRequest;
import io.kiroku.proto.query.v1.MutinyQueryServiceGrpc.MutinyQueryServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/api/v1/projections")
class ProjectionResource {
  private final MutinyQueryServiceStub queries;
  private final CurrentRequest current;

  ProjectionResource(@GrpcClient("query") MutinyQueryServiceStub queries, CurrentRequest current) {
    this.queries = queries;
    this.current = current;
  }

  @GET
  public Uni<Projections> list() {
    current.caller().requireAdmin();
    return current
        .attachTo(queries)
        .listProjections(ListProjectionsRequest.getDefaultInstance())
        .map(answer ->
            new Projections(answer.getProjectionsList().stream().map(Projection::of).toList()));
  }
}
