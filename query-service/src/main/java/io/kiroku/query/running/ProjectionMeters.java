package io.kiroku.query.running;

import io.kiroku.projection.engine.Auditor;
import io.kiroku.projection.engine.Counters;
import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ProjectionRunner;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// The projections' counters on `/q/metrics`, build by build.
@ApplicationScoped
class ProjectionMeters {
  private final MeterRegistry meters;
  private final Map<String, Set<Meter>> registered = new ConcurrentHashMap<>();

  ProjectionMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void add(ProjectionRunner runner) {
    count(runner, "applied", Counters::applied);
    count(runner, "repeated", Counters::repeated);
    count(runner, "gap.filled", Counters::gapFilled);
    count(runner, "overtaken", Counters::overtaken);
    count(runner, "reconnects", Counters::reconnects);
    keep(
        runner,
        FunctionCounter.builder(
                "kiroku.projection.audited.streams", runner.auditor(), Auditor::audited)
            .tag("projection", runner.projection().id())
            .register(meters));
    gauge(runner, "differences", it -> it.auditor().differences().size());
    gauge(runner, "parked.streams", it -> it.status().parked().size());
    gauge(runner, "watermark.position", it -> it.status().watermark());
    gauge(runner, "dead.streams", it -> dead(it.status().parked()));
    gauge(runner, "last.applied.position", it -> it.status().counters().lastAppliedPosition());
    gauge(runner, "behind.events", it -> measured(it, lag -> (double) lag.events()));
    gauge(
        runner,
        "behind.seconds",
        it -> measured(it, lag -> lag.age(Instant.now()).toMillis() / 1e3));
  }

  void remove(ProjectionRunner runner) {
    Set<Meter> gone = registered.remove(runner.projection().id());
    if (gone != null) {
      gone.forEach(meters::remove);
    }
  }

  private void keep(ProjectionRunner runner, Meter meter) {
    registered
        .computeIfAbsent(runner.projection().id(), _ -> ConcurrentHashMap.newKeySet())
        .add(meter);
  }

  private static long dead(List<ParkedStream> parked) {
    return parked.stream().filter(ParkedStream::dead).count();
  }

  /// NaN before it was measured.
  private static double measured(ProjectionRunner runner, ToDoubleFunction<Lag> figure) {
    Lag lag = runner.status().lag();
    return lag == null ? Double.NaN : figure.applyAsDouble(lag);
  }

  private void count(ProjectionRunner runner, String name, ToDoubleFunction<Counters> value) {
    keep(
        runner,
        FunctionCounter.builder("kiroku.projection." + name, runner.status().counters(), value)
            .tag("projection", runner.projection().id())
            .register(meters));
  }

  private void gauge(
      ProjectionRunner runner, String name, ToDoubleFunction<ProjectionRunner> value) {
    keep(
        runner,
        Gauge.builder("kiroku.projection." + name, runner, value)
            .tag("projection", runner.projection().id())
            .register(meters));
  }
}
