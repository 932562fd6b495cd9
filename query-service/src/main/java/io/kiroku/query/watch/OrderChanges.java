package io.kiroku.query.watch;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.EventSources;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells watches which streams of their orders have gone on. All watches of this process share one
/// reader of the log, which reads only while somebody watches; what other replicas have applied it
/// hears as well.
@ApplicationScoped
class OrderChanges {
  private final EventSources sources;
  private final Map<String, Set<StreamChanges>> byOrder = new ConcurrentHashMap<>();
  private @Nullable LogListener tail;

  OrderChanges(EventSources sources) {
    this.sources = sources;
  }

  /// Completes when everything that is recorded from now on will be told to `changes`. If the store
  /// goes away, they fail.
  synchronized Uni<Void> join(String orderId, StreamChanges changes, Set<String> streamPrefixes) {
    byOrder.computeIfAbsent(orderId, _ -> ConcurrentHashMap.newKeySet()).add(changes);
    LogListener reading = tail;
    if (reading == null) {
      reading = new LogListener(sources.log(), streamPrefixes, this::tell, this::broken);
      tail = reading;
    }
    return reading.begun();
  }

  synchronized void leave(String orderId, StreamChanges changes) {
    byOrder.computeIfPresent(
        orderId,
        (_, watching) -> {
          watching.remove(changes);
          return watching.isEmpty() ? null : watching;
        });
    if (byOrder.isEmpty()) {
      close();
    }
  }

  private void tell(RecordedEvent event) {
    StreamId stream = event.stream();
    byOrder
        .getOrDefault(stream.id(), Set.of())
        .forEach(changes -> changes.note(stream, event.revision()));
  }

  /// Nobody is told of anything any more; who comes next begins afresh.
  private void broken(LogListener which, Throwable failure) {
    Set<StreamChanges> left = new HashSet<>();
    synchronized (this) {
      if (tail == which) {
        tail = null;
        byOrder.values().forEach(left::addAll);
        byOrder.clear();
      }
    }
    left.forEach(changes -> changes.fail(failure));
  }

  private void close() {
    LogListener reading = tail;
    tail = null;
    if (reading != null) {
      reading.close();
    }
  }

  /// Their readers are told where to resume.
  void stop(@Observes ShutdownEvent event) {
    List<StreamChanges> left;
    synchronized (this) {
      close();
      left = byOrder.values().stream().flatMap(Set::stream).toList();
      byOrder.clear();
    }
    left.forEach(changes -> changes.fail(new EventStoreUnavailable("The service stops", null)));
  }
}
