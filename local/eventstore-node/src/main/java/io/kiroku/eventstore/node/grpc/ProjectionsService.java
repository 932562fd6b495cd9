package io.kiroku.eventstore.node.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.SystemProjection;
import io.kiroku.eventstore.node.projections.Projections;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.CreateReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.CreateResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.DeleteReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.DeleteResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.DisableReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.DisableResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.EnableReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.EnableResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.ResetReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.ResetResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.ResultReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.ResultResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StateReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StateResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StatisticsReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StatisticsResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.UpdateReq;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.UpdateResp;
import io.kiroku.eventstore.node.proto.projections.ProjectionsGrpc.ProjectionsImplBase;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.Arrays;
import java.util.List;

/// `event_store.client.projections.Projections`, for the system projections. There are no others:
/// what is about one of those is NOT_FOUND, and what only those have is UNIMPLEMENTED.
public final class ProjectionsService extends ProjectionsImplBase {
  private final Projections projections;

  public ProjectionsService(Projections projections) {
    this.projections = projections;
  }

  @Override
  public void statistics(StatisticsReq request, StreamObserver<StatisticsResp> out) {
    BlockingCalls.answers(
        out,
        () -> {
          StatisticsReq.Options options = request.getOptions();
          List<SystemProjection> wanted =
              switch (options.getModeCase()) {
                case NAME -> List.of(named(options.getName()));
                case ALL, CONTINUOUS -> Arrays.asList(SystemProjection.values());
                case TRANSIENT, ONE_TIME -> List.of();
                case MODE_NOT_SET -> throw Errors.invalid("Neither a name nor a mode");
              };
          return wanted.stream()
              .map(projections::status)
              .map(ProjectionAnswers::statistics)
              .toList();
        });
  }

  @Override
  public void enable(EnableReq request, StreamObserver<EnableResp> out) {
    BlockingCalls.answer(
        out,
        () -> {
          projections.enable(named(request.getOptions().getName()), true);
          return EnableResp.getDefaultInstance();
        });
  }

  /// With or without a checkpoint: there always is one.
  @Override
  public void disable(DisableReq request, StreamObserver<DisableResp> out) {
    BlockingCalls.answer(
        out,
        () -> {
          projections.enable(named(request.getOptions().getName()), false);
          return DisableResp.getDefaultInstance();
        });
  }

  @Override
  public void reset(ResetReq request, StreamObserver<ResetResp> out) {
    BlockingCalls.answer(
        out,
        () -> {
          projections.reset(named(request.getOptions().getName()));
          return ResetResp.getDefaultInstance();
        });
  }

  @Override
  public void restartSubsystem(Shared.Empty request, StreamObserver<Shared.Empty> out) {
    BlockingCalls.answer(
        out,
        () -> {
          projections.restart();
          return Wire.EMPTY;
        });
  }

  @Override
  public void create(CreateReq request, StreamObserver<CreateResp> out) {
    out.onError(unimplemented());
  }

  @Override
  public void update(UpdateReq request, StreamObserver<UpdateResp> out) {
    refuse(request.getOptions().getName(), out);
  }

  @Override
  public void delete(DeleteReq request, StreamObserver<DeleteResp> out) {
    refuse(request.getOptions().getName(), out);
  }

  @Override
  public void state(StateReq request, StreamObserver<StateResp> out) {
    refuse(request.getOptions().getName(), out);
  }

  @Override
  public void result(ResultReq request, StreamObserver<ResultResp> out) {
    refuse(request.getOptions().getName(), out);
  }

  private static void refuse(String name, StreamObserver<?> out) {
    out.onError(
        SystemProjection.titled(name).isPresent() ? unimplemented() : Errors.noProjection(name));
  }

  private static SystemProjection named(String name) {
    return SystemProjection.titled(name).orElseThrow(() -> Errors.noProjection(name));
  }

  private static StatusRuntimeException unimplemented() {
    return Status.UNIMPLEMENTED
        .withDescription("Only system projections are served")
        .asRuntimeException();
  }
}
