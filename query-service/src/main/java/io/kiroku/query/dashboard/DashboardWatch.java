package io.kiroku.query.dashboard;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kiroku.proto.query.v1.Dashboard;
import io.kiroku.query.running.Changes;
import io.kiroku.query.running.Conflated;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.SharedLook;
import io.kiroku.query.running.WatchLimit;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Shows dashboards, once or again whenever something changed. Each is drawn once for all who look
/// at it at the same time.
@ApplicationScoped
public class DashboardWatch {
  /// How often it is looked whether a client takes more, in each interval.
  private static final int LOOKS = 10;

  private final Dashboards dashboards;
  private final Consistency consistency;
  private final Changes changes;
  private final Duration interval;
  private final Duration stall;
  private final WatchLimit limit;

  /// By tenant.
  private final LoadingCache<String, SharedLook<Dashboard>> drawings;

  DashboardWatch(
      Dashboards dashboards, Consistency consistency, Changes changes, QueryConfig config) {
    this.dashboards = dashboards;
    this.consistency = consistency;
    this.changes = changes;
    this.interval = config.dashboardInterval();
    this.stall = config.watchStall();
    this.limit = new WatchLimit(config.dashboardWatchers());
    this.drawings = SharedLook.each(dashboards::of);
  }

  /// The dashboard now; it shows what the caller's token names.
  public Uni<Dashboard> now(RequestContext context) {
    return consistency.answer(context, dashboards.sources(), () -> drawing(context).fresh());
  }

  private SharedLook<Dashboard> drawing(RequestContext context) {
    return drawings.get(context.caller().tenant());
  }

  /// Together with all who wait for the next one.
  private Uni<Dashboard> next(RequestContext context) {
    var withoutToken = new RequestContext(context.caller(), context.bearer(), null, null);
    return consistency.answer(
        withoutToken, dashboards.sources(), () -> drawing(context).paced(interval));
  }

  /// The dashboard now, and another one each time that something changed. Fails like [#now], and
  /// with `RESOURCE_EXHAUSTED` if too many watch already, or if the client takes nothing of it.
  ///
  /// @param hasRoom whether the client takes more
  public Multi<Dashboard> from(RequestContext context, BooleanSupplier hasRoom) {
    return limit.admitted(() -> {
      Changes.Watch watch = changes.watch(context.caller().tenant());
      return new Conflated(watch, interval.dividedBy(LOOKS), hasRoom, stall)
          .of(() -> now(context), () -> next(context));
    });
  }
}
