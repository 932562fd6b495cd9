package io.kiroku.query;

import io.kiroku.proto.query.v1.DashboardService;
import io.kiroku.proto.query.v1.GetDashboardRequest;
import io.kiroku.proto.query.v1.GetDashboardResponse;
import io.kiroku.proto.query.v1.WatchDashboardRequest;
import io.kiroku.proto.query.v1.WatchDashboardResponse;
import io.kiroku.query.dashboard.DashboardWatch;
import io.kiroku.query.watch.Outbound;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/// The shop at a glance, for its staff.
@GrpcService
class DashboardGrpcService implements DashboardService {
  private final DashboardWatch dashboards;

  DashboardGrpcService(DashboardWatch dashboards) {
    this.dashboards = dashboards;
  }

  @Override
  public Uni<GetDashboardResponse> getDashboard(GetDashboardRequest request) {
    return dashboards
        .now(staff())
        .map(found -> GetDashboardResponse.newBuilder().setDashboard(found).build());
  }

  @Override
  public Multi<WatchDashboardResponse> watchDashboard(WatchDashboardRequest request) {
    return dashboards
        .from(staff(), Outbound.current()::hasRoom)
        .map(found -> WatchDashboardResponse.newBuilder().setDashboard(found).build());
  }

  private static RequestContext staff() {
    RequestContext context = RequestContext.current();
    context.caller().requireWriter();
    return context;
  }
}
