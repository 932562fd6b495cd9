package io.kiroku.query;

import io.kiroku.proto.query.v1.EventLogService;
import io.kiroku.proto.query.v1.GetCausationTreeRequest;
import io.kiroku.proto.query.v1.GetCausationTreeResponse;
import io.kiroku.proto.query.v1.GetEventRequest;
import io.kiroku.proto.query.v1.GetEventResponse;
import io.kiroku.proto.query.v1.GetLogStatisticsRequest;
import io.kiroku.proto.query.v1.GetLogStatisticsResponse;
import io.kiroku.proto.query.v1.ListEventsRequest;
import io.kiroku.proto.query.v1.ListEventsResponse;
import io.kiroku.query.events.Events;
import io.kiroku.query.events.EventsRequest;
import io.kiroku.query.history.Moment;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Shows admins the log.
@GrpcService
class EventLogGrpcService implements EventLogService {
  private final Events events;

  EventLogGrpcService(Events events) {
    this.events = events;
  }

  @Override
  public Uni<ListEventsResponse> listEvents(ListEventsRequest request) {
    RequestContext context = admin();
    return events.list(context, EventsRequest.of(request, context.caller().tenant()));
  }

  @Override
  public Uni<GetEventResponse> getEvent(GetEventRequest request) {
    String tenant = admin().caller().tenant();
    long revision = Moment.revision("revision", request.getRevision());
    return events
        .find(tenant, request.getStream(), revision)
        .map(Entity.EVENT::orNotFound)
        .map(found -> GetEventResponse.newBuilder().setEvent(found).build());
  }

  @Override
  public Uni<GetCausationTreeResponse> getCausationTree(GetCausationTreeRequest request) {
    return events.tree(admin(), request.getCorrelationId());
  }

  @Override
  public Uni<GetLogStatisticsResponse> getLogStatistics(GetLogStatisticsRequest request) {
    return events.statistics(admin());
  }

  private static RequestContext admin() {
    RequestContext context = RequestContext.current();
    context.caller().requireAdmin();
    return context;
  }
}
