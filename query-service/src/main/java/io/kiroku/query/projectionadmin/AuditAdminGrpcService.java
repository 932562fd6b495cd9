package io.kiroku.query.projectionadmin;

import com.google.rpc.Code;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.AuditProgress;
import io.kiroku.projection.engine.Difference;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.proto.projection.v1.AuditAdmin;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.ListDifferencesRequest;
import io.kiroku.proto.projection.v1.ListDifferencesResponse;
import io.kiroku.proto.projection.v1.MendStreamRequest;
import io.kiroku.proto.projection.v1.MendStreamResponse;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.ReadModelErrors;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/// Lets admins check read models against the log, and put right what differs.
@GrpcService
class AuditAdminGrpcService implements AuditAdmin {
  private final Projections projections;

  AuditAdminGrpcService(Projections projections) {
    this.projections = projections;
  }

  @Override
  public Multi<AuditProjectionResponse> auditProjection(AuditProjectionRequest request) {
    admin();
    return projections
        .named(request.getProjection())
        .auditor()
        .everything()
        .map(AuditAdminGrpcService::message)
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }

  @Override
  public Uni<ListDifferencesResponse> listDifferences(ListDifferencesRequest request) {
    admin();
    var response = ListDifferencesResponse.newBuilder();
    projections.named(request.getProjection()).auditor().differences().stream()
        .map(AuditAdminGrpcService::message)
        .forEach(response::addDifferences);
    return Uni.createFrom().item(response.build());
  }

  @Override
  public Uni<MendStreamResponse> mendStream(MendStreamRequest request) {
    admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    StreamId stream = Requests.stream(runner, request.getStream());
    return runner
        .auditor()
        .mend(stream)
        .map(AuditAdminGrpcService::mended)
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }

  private static Caller admin() {
    return RequestContext.current().caller().requireAdmin();
  }

  private static MendStreamResponse mended(@Nullable Difference left) {
    if (left != null) {
      throw Errors.of(Code.FAILED_PRECONDITION, "STREAM_STILL_DIFFERS", left.detail());
    }
    return MendStreamResponse.getDefaultInstance();
  }

  private static AuditProjectionResponse message(AuditProgress progress) {
    return AuditProjectionResponse.newBuilder()
        .setStreams(progress.streams())
        .setDiffering(progress.differing())
        .setDocuments(progress.documents())
        .setPosition(progress.position())
        .setEndPosition(progress.end())
        .setDone(progress.done())
        .build();
  }

  private static io.kiroku.proto.projection.v1.Difference message(Difference difference) {
    return io.kiroku.proto.projection.v1.Difference.newBuilder()
        .setStream(difference.stream().value())
        .setRevision(difference.revision())
        .setKind(difference.kind().name())
        .setDetail(difference.detail())
        .build();
  }
}
