package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.projection.v1.AuditAdminGrpc;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.Builds;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc.RebuildAdminBlockingStub;
import io.kiroku.proto.projection.v1.RebuildRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsRequest;
import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Looks after the projections of one running service, above all after one of them.
final class Operator {
  private static final Duration WAIT = Duration.ofMinutes(2);

  private final Channel service;
  private final ClientInterceptor admin;
  private final String projection;

  Operator(Channel service, KeyPair keys, String projection) {
    this.service = service;
    this.admin = CallHeaders.of(keys, "root", "", "admin");
    this.projection = projection;
  }

  private ProjectionAdminBlockingStub projections() {
    return ProjectionAdminGrpc.newBlockingStub(service).withInterceptors(admin);
  }

  private RebuildAdminBlockingStub rebuilds() {
    return RebuildAdminGrpc.newBlockingStub(service).withInterceptors(admin);
  }

  List<ProjectionStatus> statuses() {
    return projections()
        .listProjections(ListProjectionsRequest.getDefaultInstance())
        .getProjectionsList();
  }

  /// All builds of the projection that are kept going.
  Stream<ProjectionStatus> builds() {
    return statuses().stream().filter(status -> status.getName().equals(projection));
  }

  /// Where everything stands, once all that there is follows the log.
  List<ProjectionStatus> awaitFollowing() {
    return await().atMost(WAIT).ignoreExceptions().until(this::statuses, this::allFollow);
  }

  private boolean allFollow(List<ProjectionStatus> all) {
    return all.stream().anyMatch(it -> it.getName().equals(projection))
        && all.stream().allMatch(it -> it.getState().equals("FOLLOWING"));
  }

  /// The watermark is at the end of the log, as it was measured last.
  void awaitCaughtUp() {
    awaitFollowing();
    await()
        .atMost(WAIT)
        .until(() ->
            statuses().stream()
                .allMatch(
                    it -> it.getHeadPosition() >= 0 && it.getWatermark() >= it.getHeadPosition()));
  }

  /// Everything has noticed that a dependency is away.
  void awaitWaiting() {
    await()
        .atMost(WAIT)
        .until(() -> statuses().stream().allMatch(it -> it.getState().equals("WAITING")));
  }

  /// More of the log was seen than now.
  void awaitProgress() {
    long now = watermark();
    await().atMost(WAIT).until(() -> watermark() > now);
  }

  private long watermark() {
    return builds().mapToLong(ProjectionStatus::getWatermark).max().orElse(-1);
  }

  void beginRebuild() {
    var progress =
        rebuilds().rebuild(RebuildRequest.newBuilder().setProjection(projection).build());
    assertThat(progress.next().getProgress().getPhase()).isIn("BUILDING", "COMPARING");
  }

  /// The build with that number answers queries.
  void awaitRebuilt(int live) {
    var request = GetBuildsRequest.newBuilder().setProjection(projection).build();
    await()
        .atMost(WAIT)
        .ignoreExceptions()
        .until(() -> {
          Builds builds = rebuilds().getBuilds(request).getBuilds();
          return builds.getLive() == live && builds.getLast().getPhase().equals("SWITCHED");
        });
  }

  /// In every build.
  void awaitParked(int streams) {
    await()
        .atMost(WAIT)
        .until(() -> builds().allMatch(build -> build.getParkedStreams() == streams));
  }

  /// One a second; the first was tried.
  void beginRetries() {
    var progress =
        projections()
            .retryParkedStreams(
                RetryParkedStreamsRequest.newBuilder()
                    .setFilter(ParkedStreamFilter.newBuilder().setProjection(projection))
                    .setPerSecond(1)
                    .build());
    assertThat(progress).as("progress").hasNext();
  }

  /// All that are parked, in every build.
  void skip(List<StreamId> streams, long revision) {
    awaitParked(streams.size());
    builds().forEach(build -> streams.forEach(stream -> skip(build, stream, revision)));
  }

  private void skip(ProjectionStatus build, StreamId stream, long revision) {
    var _ =
        projections()
            .skipParkedEvent(
                SkipParkedEventRequest.newBuilder()
                    .setProjection(build.getId())
                    .setStream(stream.value())
                    .setFailingRevision(revision)
                    .setReason("not readable")
                    .build());
  }

  /// Everything, against the log.
  AuditProjectionResponse audit(ProjectionStatus build) {
    List<AuditProjectionResponse> progress = new ArrayList<>();
    AuditAdminGrpc.newBlockingStub(service)
        .withInterceptors(admin)
        .auditProjection(AuditProjectionRequest.newBuilder().setProjection(build.getId()).build())
        .forEachRemaining(progress::add);
    return progress.getLast();
  }
}
