package io.kiroku.gateway.saga;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.gateway.request.PageQuery;
import io.kiroku.gateway.wire.Answers;
import io.kiroku.gateway.wire.Wire;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.MutinySagaAdminGrpc.MutinySagaAdminStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/v1/sagas")
class SagaResource {
  private final MutinySagaAdminStub sagas;
  private final CurrentRequest current;

  SagaResource(@GrpcClient("command") MutinySagaAdminStub sagas, CurrentRequest current) {
    this.sagas = sagas;
    this.current = current;
  }

  @GET
  public Uni<Sagas> list(@BeanParam PageQuery page, @RestQuery @DefaultValue("") String status) {
    current.caller().requireAdmin();
    ListSagasRequest request =
        ListSagasRequest.newBuilder()
            .setPageSize(page.size())
            .setPageToken(page.token())
            .setStatus(status)
            .build();
    return current
        .attachTo(sagas)
        .listSagas(request)
        .map(answer ->
            new Sagas(
                answer.getSagasList().stream().map(Saga::of).toList(),
                Wire.text(answer.getNextPageToken()),
                answer.getTotal()));
  }

  @GET
  @Path("/{sagaId}")
  public Uni<RestResponse<Saga>> get(String sagaId) {
    current.caller().requireAdmin();
    String id = Checks.pathId("sagaId", sagaId);
    return current
        .attachTo(sagas)
        .getSaga(GetSagaRequest.newBuilder().setSagaId(id).build())
        .map(answer -> Answers.shown(Saga.of(answer.getSaga()), answer.getSaga().getRevision()));
  }
}
