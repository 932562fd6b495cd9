package io.kiroku.query.system;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.proto.query.v1.CategoryStatistics;
import io.kiroku.proto.query.v1.GetLogStatisticsResponse;
import io.kiroku.proto.query.v1.ReadModelStatistics;
import io.kiroku.proto.query.v1.SystemStatistics;
import io.kiroku.query.dashboard.Figures;
import io.kiroku.query.events.LogFigures;
import io.kiroku.query.order.OrderBook;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.SharedLook;
import io.kiroku.query.running.Timestamps;
import io.kiroku.query.saga.Sagas;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/// How much there is of everything. Counted once for all who ask at the same time.
@ApplicationScoped
public class SystemFigures {
  private final OrderBook orders;
  private final Sagas sagas;
  private final LogFigures log;
  private final Projections projections;
  private final ReadModels readModels;
  private final Consistency consistency;

  /// By tenant.
  private final LoadingCache<String, SharedLook<SystemStatistics>> counts =
      SharedLook.each(this::count);

  SystemFigures(
      OrderBook orders,
      Sagas sagas,
      LogFigures log,
      Projections projections,
      ReadModels readModels,
      Consistency consistency) {
    this.orders = orders;
    this.sagas = sagas;
    this.log = log;
    this.projections = projections;
    this.readModels = readModels;
    this.consistency = consistency;
  }

  /// With what the caller's token names.
  public Uni<SystemStatistics> now(RequestContext context) {
    return consistency.answer(
        context,
        List.of(orders.source(), sagas.source()),
        () -> counts.get(context.caller().tenant()).fresh());
  }

  private Uni<SystemStatistics> count(String tenant) {
    Instant now = Instant.now();
    return Uni.combine()
        .all()
        .unis(orders.countByStatus(tenant), sagas.count(tenant), readModels(now), log.statistics())
        .with((byStatus, ofSagas, models, logged) ->
            SystemStatistics.newBuilder()
                .setAt(Timestamps.of(now))
                .addAllOrders(Figures.counts(byStatus))
                .addAllSagas(ofSagas)
                .addAllReadModels(models)
                .setEvents(events(logged))
                .setLastPosition(logged.getLastPosition())
                .build());
  }

  private static long events(GetLogStatisticsResponse logged) {
    return logged.getCategoriesList().stream().mapToLong(CategoryStatistics::getEvents).sum();
  }

  private Uni<List<ReadModelStatistics>> readModels(Instant now) {
    return Uni.join()
        .all(
            projections.all().stream()
                .flatMap(builds ->
                    builds.live().stream().map(live -> readModel(builds.declared(), live, now)))
                .toList())
        .andFailFast();
  }

  private Uni<ReadModelStatistics> readModel(
      Projection declared, ProjectionRunner live, Instant now) {
    return readModels
        .estimatedCount(declared)
        .map(documents ->
            ReadModelStatistics.newBuilder()
                .setProjection(Figures.lag(live, now))
                .setDocuments(documents)
                .build());
  }
}
