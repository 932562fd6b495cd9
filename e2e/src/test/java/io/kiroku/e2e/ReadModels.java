package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.proto.projection.v1.AuditAdminGrpc;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.Builds;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The read models of the running platform, as an operator sees them.
final class ReadModels implements AutoCloseable {
  private final ServiceChannel queries;
  private final Duration patience;
  private final Map<String, Long> watermarks = new HashMap<>();

  /// @param patience for anything that takes a while
  ReadModels(RunningPlatform platform, Duration patience) {
    this.queries = new ServiceChannel(platform.parts(), Port.QUERY_SERVICE);
    this.patience = patience;
    rememberWatermarks();
  }

  /// Returns the new build's number as soon as it is being built.
  int beginRebuild(String projection) {
    int before = builds(projection).getLive();
    var request = RebuildRequest.newBuilder().setProjection(projection).build();
    assertThat(queries.asOperator(RebuildAdminGrpc::newBlockingStub).rebuild(request))
        .as("progress")
        .hasNext();
    return before + 1;
  }

  void awaitServed(String projection, int build) {
    await(projection + " " + build)
        .atMost(patience)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> builds(projection).getLive() == build);
  }

  /// Compares every document with the log. No watermark may be lower than when it was last seen.
  void assertAllEqualTheLog() {
    await()
        .atMost(patience)
        .ignoreException(StatusRuntimeException.class)
        .untilAsserted(this::assertFollowing);
    for (ProjectionStatus projection : projections()) {
      assertThat(projection.getWatermark())
          .as(projection.getId())
          .isGreaterThanOrEqualTo(watermarks.getOrDefault(projection.getId(), -1L));
      AuditProjectionResponse audit = audited(projection.getName());
      assertThat(audit.getDone()).as(projection.getId()).isTrue();
      assertThat(audit.getDiffering()).as(projection.getId()).isZero();
    }
    rememberWatermarks();
  }

  private void assertFollowing() {
    assertThat(projections()).extracting(ProjectionStatus::getState).containsOnly("FOLLOWING");
  }

  private void rememberWatermarks() {
    projections().forEach(status -> watermarks.put(status.getId(), status.getWatermark()));
  }

  private List<ProjectionStatus> projections() {
    return queries
        .asOperator(ProjectionAdminGrpc::newBlockingStub)
        .listProjections(ListProjectionsRequest.getDefaultInstance())
        .getProjectionsList();
  }

  private AuditProjectionResponse audited(String projection) {
    AuditProjectionResponse last = AuditProjectionResponse.getDefaultInstance();
    var progress =
        queries
            .asOperator(AuditAdminGrpc::newBlockingStub)
            .auditProjection(AuditProjectionRequest.newBuilder().setProjection(projection).build());
    while (progress.hasNext()) {
      last = progress.next();
    }
    return last;
  }

  private Builds builds(String projection) {
    return queries
        .asOperator(RebuildAdminGrpc::newBlockingStub)
        .getBuilds(GetBuildsRequest.newBuilder().setProjection(projection).build())
        .getBuilds();
  }

  @Override
  public void close() {
    queries.close();
  }
}
