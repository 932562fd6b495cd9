package io.kiroku.command.sagaadmin;

import com.google.protobuf.Message;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.proto.saga.v1.CancelSagaRequest;
import io.kiroku.proto.saga.v1.CancelSagaResponse;
import io.kiroku.proto.saga.v1.CompleteSagaCompensationRequest;
import io.kiroku.proto.saga.v1.CompleteSagaCompensationResponse;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.GetSagaResponse;
import io.kiroku.proto.saga.v1.ListParkedSagasRequest;
import io.kiroku.proto.saga.v1.ListParkedSagasResponse;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.ListSagasResponse;
import io.kiroku.proto.saga.v1.ReplayParkedSagaRequest;
import io.kiroku.proto.saga.v1.ReplayParkedSagaResponse;
import io.kiroku.proto.saga.v1.RetrySagaStepRequest;
import io.kiroku.proto.saga.v1.RetrySagaStepResponse;
import io.kiroku.proto.saga.v1.SagaAdmin;
import io.kiroku.proto.saga.v1.SkipSagaStepRequest;
import io.kiroku.proto.saga.v1.SkipSagaStepResponse;
import io.kiroku.saga.OperatorAction;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Shows sagas to admins, and lets them act on those that need somebody.
@GrpcService
class SagaAdminGrpcService implements SagaAdmin {
  private final SagaQueries queries;
  private final SagaActions actions;
  private final ParkedSagaActions parked;

  SagaAdminGrpcService(SagaQueries queries, SagaActions actions, ParkedSagaActions parked) {
    this.queries = queries;
    this.actions = actions;
    this.parked = parked;
  }

  @Override
  public Uni<ListSagasResponse> listSagas(ListSagasRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    return queries.list(admin.tenant(), request);
  }

  @Override
  public Uni<GetSagaResponse> getSaga(GetSagaRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    new Fields().neededText("saga_id", request.getSagaId(), SagaOrder.NAME_MOST).verify();
    return queries.find(admin.tenant(), actions.kind(request.getSaga()), request.getSagaId());
  }

  @Override
  public Uni<RetrySagaStepResponse> retrySagaStep(RetrySagaStepRequest request) {
    SagaOrder order =
        new SagaOrder(
            OperatorAction.RETRY,
            request.getSaga(),
            request.getSagaId(),
            request.getStep(),
            request.getReason(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null);
    return act("RetrySagaStep", request, order)
        .map(revision -> RetrySagaStepResponse.newBuilder().setRevision(revision).build());
  }

  @Override
  public Uni<SkipSagaStepResponse> skipSagaStep(SkipSagaStepRequest request) {
    SagaOrder order =
        new SagaOrder(
            OperatorAction.SKIP,
            request.getSaga(),
            request.getSagaId(),
            request.getStep(),
            request.getReason(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null);
    return act("SkipSagaStep", request, order)
        .map(revision -> SkipSagaStepResponse.newBuilder().setRevision(revision).build());
  }

  @Override
  public Uni<CompleteSagaCompensationResponse> completeSagaCompensation(
      CompleteSagaCompensationRequest request) {
    SagaOrder order =
        new SagaOrder(
            OperatorAction.COMPLETE_BY_HAND,
            request.getSaga(),
            request.getSagaId(),
            request.getStep(),
            request.getNote(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null);
    return act("CompleteSagaCompensation", request, order)
        .map(revision ->
            CompleteSagaCompensationResponse.newBuilder().setRevision(revision).build());
  }

  @Override
  public Uni<CancelSagaResponse> cancelSaga(CancelSagaRequest request) {
    SagaOrder order =
        new SagaOrder(
            OperatorAction.CANCEL,
            request.getSaga(),
            request.getSagaId(),
            "",
            request.getReason(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null);
    return act("CancelSaga", request, order)
        .map(revision -> CancelSagaResponse.newBuilder().setRevision(revision).build());
  }

  @Override
  public Uni<ListParkedSagasResponse> listParkedSagas(ListParkedSagasRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    return parked.list(admin.tenant(), request);
  }

  @Override
  public Uni<ReplayParkedSagaResponse> replayParkedSaga(ReplayParkedSagaRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    new Fields()
        .neededText("saga_id", request.getSagaId(), SagaOrder.NAME_MOST)
        .text("saga", request.getSaga(), SagaOrder.NAME_MOST)
        .verify();
    return parked.replay(admin, actions.kind(request.getSaga()).key(request.getSagaId()));
  }

  private Uni<Long> act(String method, Message request, SagaOrder order) {
    var _ = RequestContext.current().caller().requireAdmin();
    CommandCall call = CommandCall.begin(method, request);
    order.verify();
    return actions.act(call, order);
  }
}
