package io.kiroku.query;

import io.kiroku.proto.query.v1.GetSystemStatisticsRequest;
import io.kiroku.proto.query.v1.GetSystemStatisticsResponse;
import io.kiroku.proto.query.v1.GetTopologyRequest;
import io.kiroku.proto.query.v1.GetTopologyResponse;
import io.kiroku.proto.query.v1.SystemService;
import io.kiroku.query.system.SystemFigures;
import io.kiroku.query.system.Topologies;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Shows admins the platform as a whole.
@GrpcService
class SystemGrpcService implements SystemService {
  private final SystemFigures figures;
  private final Topologies topologies;

  SystemGrpcService(SystemFigures figures, Topologies topologies) {
    this.figures = figures;
    this.topologies = topologies;
  }

  @Override
  public Uni<GetSystemStatisticsResponse> getSystemStatistics(GetSystemStatisticsRequest request) {
    RequestContext context = RequestContext.current();
    context.caller().requireAdmin();
    return figures
        .now(context)
        .map(found -> GetSystemStatisticsResponse.newBuilder().setStatistics(found).build());
  }

  @Override
  public Uni<GetTopologyResponse> getTopology(GetTopologyRequest request) {
    RequestContext.current().caller().requireAdmin();
    return topologies
        .now()
        .map(found -> GetTopologyResponse.newBuilder().setTopology(found).build());
  }
}
