package io.kiroku.query.projectionadmin;

import com.google.rpc.Code;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.rebuild.BuildChanges;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Rebuild;
import io.kiroku.projection.rebuild.RebuildRefused;
import io.kiroku.proto.projection.v1.CancelRebuildRequest;
import io.kiroku.proto.projection.v1.CancelRebuildResponse;
import io.kiroku.proto.projection.v1.DropKeptBuildRequest;
import io.kiroku.proto.projection.v1.DropKeptBuildResponse;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.GetBuildsResponse;
import io.kiroku.proto.projection.v1.RebuildAdmin;
import io.kiroku.proto.projection.v1.RebuildRequest;
import io.kiroku.proto.projection.v1.RebuildResponse;
import io.kiroku.proto.projection.v1.RollbackBuildRequest;
import io.kiroku.proto.projection.v1.RollbackBuildResponse;
import io.kiroku.proto.projection.v1.SwitchBuildRequest;
import io.kiroku.proto.projection.v1.SwitchBuildResponse;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.ReadModelErrors;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Objects;

/// Lets admins build read models anew.
@GrpcService
class RebuildAdminGrpcService implements RebuildAdmin {
  private final Projections projections;

  RebuildAdminGrpcService(Projections projections) {
    this.projections = projections;
  }

  @Override
  public Multi<RebuildResponse> rebuild(RebuildRequest request) {
    Caller admin = admin();
    BuildChanges changes = changes(request.getProjection());
    return changes
        .rebuild(admin.userId(), request.getHold())
        .map(builds -> Objects.requireNonNull(builds.next()))
        .map(Rebuild::number)
        .onItem()
        .transformToMulti(number -> RebuildWatch.of(changes, number))
        .map(progress -> RebuildResponse.newBuilder().setProgress(progress).build())
        .onFailure()
        .transform(RebuildAdminGrpcService::told);
  }

  @Override
  public Uni<GetBuildsResponse> getBuilds(GetBuildsRequest request) {
    admin();
    return answered(changes(request.getProjection()).builds())
        .map(builds -> GetBuildsResponse.newBuilder().setBuilds(builds).build());
  }

  @Override
  public Uni<SwitchBuildResponse> switchBuild(SwitchBuildRequest request) {
    Caller admin = admin();
    return answered(changes(request.getProjection()).switchOver(admin.userId()))
        .map(builds -> SwitchBuildResponse.newBuilder().setBuilds(builds).build());
  }

  @Override
  public Uni<RollbackBuildResponse> rollbackBuild(RollbackBuildRequest request) {
    admin();
    return answered(changes(request.getProjection()).rollback())
        .map(builds -> RollbackBuildResponse.newBuilder().setBuilds(builds).build());
  }

  @Override
  public Uni<CancelRebuildResponse> cancelRebuild(CancelRebuildRequest request) {
    Caller admin = admin();
    return answered(changes(request.getProjection()).cancel(admin.userId()))
        .map(builds -> CancelRebuildResponse.newBuilder().setBuilds(builds).build());
  }

  @Override
  public Uni<DropKeptBuildResponse> dropKeptBuild(DropKeptBuildRequest request) {
    admin();
    return answered(changes(request.getProjection()).dropKept())
        .map(builds -> DropKeptBuildResponse.newBuilder().setBuilds(builds).build());
  }

  private static Caller admin() {
    return RequestContext.current().caller().requireAdmin();
  }

  private BuildChanges changes(String projection) {
    return projections.builds(projection).changes();
  }

  private static Uni<io.kiroku.proto.projection.v1.Builds> answered(Uni<Builds> answer) {
    return answer
        .map(RebuildMessages::message)
        .onFailure()
        .transform(RebuildAdminGrpcService::told);
  }

  private static Throwable told(Throwable failure) {
    return switch (failure) {
      case RebuildRefused refused ->
          Errors.of(
              Code.FAILED_PRECONDITION,
              refused.reason().name(),
              String.valueOf(refused.getMessage()));
      case ReadModelUnavailable _ -> ReadModelErrors.unavailable();
      default -> failure;
    };
  }
}
