package io.kiroku.command.sagaadmin;

import com.google.protobuf.Timestamp;
import io.kiroku.command.call.Fields;
import io.kiroku.command.call.PageCursor;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.GetSagaResponse;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.ListSagasResponse;
import io.kiroku.proto.saga.v1.Saga;
import io.kiroku.proto.saga.v1.SagaAdmin;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Lists and shows sagas to admins.
@GrpcService
class SagaAdminGrpcService implements SagaAdmin {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
  private static final Set<String> STATUSES =
      Set.of("", "RUNNING", "COMPENSATING", "COMPLETED", "COMPENSATED", "STUCK");

  private final Sagas sagas;

  SagaAdminGrpcService(Sagas sagas) {
    this.sagas = sagas;
  }

  @Override
  public Uni<ListSagasResponse> listSagas(ListSagasRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    Fields fields =
        new Fields()
            .range("page_size", request.getPageSize(), 0, PAGE_MOST)
            .check("status", STATUSES.contains(request.getStatus()), "is no status of sagas");
    Optional<PageCursor> after = fields.cursor("page_token", request.getPageToken());
    fields.verify();
    int most = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    return sagas
        .list(admin.tenant(), request.getStatus(), after, most)
        .map(page -> response(page, most));
  }

  private static ListSagasResponse response(Sagas.Page page, int most) {
    var response = ListSagasResponse.newBuilder().setTotal(page.total());
    page.rows().forEach(row -> response.addSagas(message(row)));
    if (page.rows().size() == most) {
      SagaRow last = page.rows().getLast();
      response.setNextPageToken(new PageCursor(last.startedAt, last.sagaId).encode());
    }
    return response.build();
  }

  @Override
  public Uni<GetSagaResponse> getSaga(GetSagaRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    return sagas
        .find(admin.tenant(), request.getSagaId())
        .map(found ->
            found
                .map(row -> GetSagaResponse.newBuilder().setSaga(message(row)).build())
                .orElseThrow(
                    () -> Errors.notFound("SAGA_NOT_FOUND", "There is no saga under this id.")));
  }

  private static Saga message(SagaRow row) {
    return Saga.newBuilder()
        .setSagaId(row.sagaId)
        .setSaga(row.saga)
        .setStatus(row.status)
        .setStep(row.step)
        .setAttempt(row.attempt)
        .setCode(row.code)
        .setStartedAt(timestamp(row.startedAt))
        .setUpdatedAt(timestamp(row.updatedAt))
        .setRevision(row.revision)
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
