package io.kiroku.query.running;

import static java.util.Objects.requireNonNullElse;

import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.AppliedListener;
import io.kiroku.service.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  public void applied(Projection projection, List<Recorded<?>> events) {
    RecordedEvent last = events.getLast().envelope();
    Timer timer = visibility.computeIfAbsent(projection.id(), this::timer);
    Instant now = Instant.now();
    events.forEach(event -> timer.record(Duration.between(event.envelope().recordedAt(), now)));
    found(projection, last);
    if (LOGGED.contains(last.stream().category()) && LOG.isInfoEnabled()) {
      log(projection, last.stream(), events);
    }
  }

  @Override
  public void found(Projection projection, RecordedEvent last) {
    cache.forget(projection, last.stream());
    changes.happened(last.metadata().tenant());
  }

  private static void log(Projection projection, StreamId stream, List<Recorded<?>> events) {
    byTrace(events)
        .forEach((trace, seen) ->
            Traces.within(
                trace,
                "project " + stream.category(),
                () -> LOG.info(projection.id() + " shows " + stream + " " + seen)));
  }

  private static Map<String, List<String>> byTrace(List<Recorded<?>> events) {
    Map<String, List<String>> traces = new LinkedHashMap<>();
    for (Recorded<?> recorded : events) {
      RecordedEvent event = recorded.envelope();
      traces
          .computeIfAbsent(
              requireNonNullElse(event.metadata().traceparent(), ""), _ -> new ArrayList<>())
          .add(event.type() + "@" + event.revision());
    }
    return traces;
  }

  private Timer timer(String projection) {
    return Timer.builder("kiroku.projection.visibility")
        .description("From the append of an event to its effect in the read model")
        .tag("projection", projection)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
