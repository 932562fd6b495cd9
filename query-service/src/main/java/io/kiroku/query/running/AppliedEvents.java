package io.kiroku.query.running;

import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.AppliedListener;
import io.kiroku.service.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Makes visible what became visible: how long it took, to whoever watches that it did, and for the
/// steps of an order a line in the log that belongs to the client's trace.
@ApplicationScoped
class AppliedEvents implements AppliedListener {
  private static final Logger LOG = Logger.getLogger(AppliedEvents.class);
  private static final Set<String> LOGGED = Set.of("order", "fulfillment", "payment", "shipment");

  private final MeterRegistry meters;
  private final Changes changes;
  private final DocumentCache cache;
  private final Map<String, Timer> visibility = new ConcurrentHashMap<>();

  AppliedEvents(MeterRegistry meters, Changes changes, DocumentCache cache) {
    this.meters = meters;
    this.changes = changes;
    this.cache = cache;
  }

  @Override
  public void applied(Projection projection, Recorded<?> recorded) {
    RecordedEvent event = recorded.envelope();
    visibility
        .computeIfAbsent(projection.id(), this::timer)
        .record(Duration.between(event.recordedAt(), Instant.now()));
    cache.forget(projection, event.stream());
    changes.happened(event.metadata().tenant());
    if (LOGGED.contains(event.stream().category()) && LOG.isInfoEnabled()) {
      Traces.within(
          event.metadata().traceparent(),
          "project " + event.type(),
          () -> LOG.infof("%s shows %s", projection.id(), event));
    }
  }

  private Timer timer(String projection) {
    return Timer.builder("kiroku.projection.visibility")
        .description("From the append of an event to its effect in the read model")
        .tag("projection", projection)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
