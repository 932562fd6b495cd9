package io.kiroku.ws.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The open sockets of this instance. Thread-safe.
@ApplicationScoped
public class Sessions {
  private static final Duration GOODBYE_MOST = Duration.ofSeconds(3);

  private final Map<String, Session> open = new ConcurrentHashMap<>();

  Sessions(MeterRegistry metrics) {
    metrics.gaugeMapSize("kiroku.ws.sockets", List.of(), open);
  }

  public Collection<Session> all() {
    return open.values();
  }

  void add(Session session) {
    open.put(session.connectionId(), session);
  }

  void remove(Session session) {
    open.remove(session.connectionId());
  }

  /// Says goodbye, so that clients connect to another instance at once. Later the HTTP server would
  /// have closed the sockets without a reason.
  void closeAll(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
    open.values().forEach(session -> session.close(CloseReasons.GOING_AWAY));
    Instant until = Instant.now().plus(GOODBYE_MOST);
    while (!open.isEmpty() && Instant.now().isBefore(until)) {
      Thread.sleep(20);
    }
  }
}
