package io.kiroku.query.dashboard;

import io.kiroku.proto.query.v1.Dashboard;
import io.kiroku.query.running.Changes;
import io.kiroku.query.running.Conflated;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;

/// Shows dashboards, once or again whenever something changed.
@ApplicationScoped
public class DashboardWatch {
  private final Dashboards dashboards;
  private final Consistency consistency;
  private final Changes changes;
  private final QueryConfig config;

  DashboardWatch(
      Dashboards dashboards, Consistency consistency, Changes changes, QueryConfig config) {
    this.dashboards = dashboards;
    this.consistency = consistency;
    this.changes = changes;
    this.config = config;
  }

  /// The dashboard now; it shows what the caller's token names.
  public Uni<Dashboard> now(RequestContext context) {
    String tenant = context.caller().tenant();
    return consistency.answer(context, dashboards.sources(), () -> dashboards.of(tenant));
  }

  /// The dashboard now, and another one each time that something changed. Fails like [#now], and
  /// with `RESOURCE_EXHAUSTED` if too many watch already, or if the client takes nothing of it.
  ///
  /// @param hasRoom whether the client takes more
  public Multi<Dashboard> from(RequestContext context, BooleanSupplier hasRoom) {
    return Multi.createFrom()
        .deferred(() -> {
          if (changes.watches() >= config.dashboardWatchers()) {
            throw Errors.overloaded("Too many watch already; try again later.");
          }
          var later = new RequestContext(context.caller(), context.bearer(), null, null);
          Changes.Watch watch = changes.watch(context.caller().tenant());
          return new Conflated(watch, config.dashboardInterval(), hasRoom, config.watchStall())
              .of(() -> now(context), () -> now(later));
        });
  }
}
