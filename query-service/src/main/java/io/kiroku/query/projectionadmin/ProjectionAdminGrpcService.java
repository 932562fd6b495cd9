package io.kiroku.query.projectionadmin;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.engine.RepairOutcome;
import io.kiroku.proto.projection.v1.DropParkedStreamRequest;
import io.kiroku.proto.projection.v1.DropParkedStreamResponse;
import io.kiroku.proto.projection.v1.GetProjectionRequest;
import io.kiroku.proto.projection.v1.GetProjectionResponse;
import io.kiroku.proto.projection.v1.ListParkedStreamsRequest;
import io.kiroku.proto.projection.v1.ListParkedStreamsResponse;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ListProjectionsResponse;
import io.kiroku.proto.projection.v1.ListSkippedEventsRequest;
import io.kiroku.proto.projection.v1.ListSkippedEventsResponse;
import io.kiroku.proto.projection.v1.ProjectionAdmin;
import io.kiroku.proto.projection.v1.RetryParkedStreamRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamResponse;
import io.kiroku.proto.projection.v1.RetryParkedStreamsRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsResponse;
import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import io.kiroku.proto.projection.v1.SkipParkedEventResponse;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.ReadModelErrors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/// Each call: an admin asks, the request is checked, the engine does it.
@GrpcService
class ProjectionAdminGrpcService implements ProjectionAdmin {
  private final Projections projections;
  private final ParkedList parked;
  private final BulkRetries retries;

  ProjectionAdminGrpcService(Projections projections, ParkedList parked, BulkRetries retries) {
    this.projections = projections;
    this.parked = parked;
    this.retries = retries;
  }

  @Override
  public Uni<ListProjectionsResponse> listProjections(ListProjectionsRequest request) {
    admin();
    Instant now = Instant.now();
    var response = ListProjectionsResponse.newBuilder();
    projections
        .running()
        .forEach(runner -> response.addProjections(StatusMessages.message(runner, now)));
    return Uni.createFrom().item(response.build());
  }

  @Override
  public Uni<GetProjectionResponse> getProjection(GetProjectionRequest request) {
    admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    return Uni.createFrom()
        .item(
            GetProjectionResponse.newBuilder()
                .setProjection(StatusMessages.message(runner, Instant.now()))
                .build());
  }

  @Override
  public Uni<ListParkedStreamsResponse> listParkedStreams(ListParkedStreamsRequest request) {
    admin();
    String after = Requests.place(request.getPageToken());
    int size = Requests.pageSize(request.getPageSize());
    return answered(parked.page(request.getFilter(), after, size));
  }

  @Override
  public Uni<RetryParkedStreamResponse> retryParkedStream(RetryParkedStreamRequest request) {
    admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    StreamId stream = Requests.stream(runner, request.getStream());
    return repaired(runner.repairs().retry(stream), RetryParkedStreamResponse.getDefaultInstance());
  }

  @Override
  public Multi<RetryParkedStreamsResponse> retryParkedStreams(RetryParkedStreamsRequest request) {
    admin();
    int perSecond = Requests.perSecond(request.getPerSecond());
    return retries
        .retry(request.getFilter(), perSecond)
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }

  @Override
  public Uni<SkipParkedEventResponse> skipParkedEvent(SkipParkedEventRequest request) {
    Caller admin = admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    StreamId stream = Requests.stream(runner, request.getStream());
    String reason = Requests.reason(request.getReason());
    return repaired(
        runner.repairs().skip(stream, request.getFailingRevision(), admin.userId(), reason),
        SkipParkedEventResponse.getDefaultInstance());
  }

  @Override
  public Uni<DropParkedStreamResponse> dropParkedStream(DropParkedStreamRequest request) {
    Caller admin = admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    StreamId stream = Requests.stream(runner, request.getStream());
    String reason = Requests.reason(request.getReason());
    return repaired(
        runner.repairs().drop(stream, request.getFailingRevision(), admin.userId(), reason),
        DropParkedStreamResponse.getDefaultInstance());
  }

  @Override
  public Uni<ListSkippedEventsResponse> listSkippedEvents(ListSkippedEventsRequest request) {
    admin();
    ProjectionRunner runner = projections.named(request.getProjection());
    return answered(runner.repairs().skipped().map(SkippedMessages::newest));
  }

  private static Caller admin() {
    return RequestContext.current().caller().requireAdmin();
  }

  private static <T> Uni<T> repaired(Uni<RepairOutcome> repair, T response) {
    return answered(repair.invoke(RepairErrors::check).replaceWith(response));
  }

  private static <T> Uni<T> answered(Uni<T> answer) {
    return answer
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }
}
