package io.kiroku.ws.socket;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which sockets of this instance follow a job. Thread-safe.
@ApplicationScoped
public class Watchers {
  private final Map<String, Set<Session>> byJob = new ConcurrentHashMap<>();

  /// A snapshot; empty for most jobs.
  public Set<Session> of(String jobId) {
    return byJob.getOrDefault(jobId, Set.of());
  }

  void add(String jobId, Session session) {
    // Sets of one or two, read far more often than changed: copied on change.
    byJob.merge(jobId, Set.of(session), Watchers::union);
  }

  void remove(String jobId, Session session) {
    byJob.computeIfPresent(jobId, (_, sessions) -> without(sessions, session));
  }

  private static Set<Session> union(Set<Session> some, Set<Session> more) {
    var all = new java.util.HashSet<>(some);
    all.addAll(more);
    return Set.copyOf(all);
  }

  // Null removes the job:
  // https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/util/Map.html
  private static @org.jspecify.annotations.Nullable Set<Session> without(
      Set<Session> sessions, Session session) {
    var rest = new java.util.HashSet<>(sessions);
    rest.remove(session);
    return rest.isEmpty() ? null : Set.copyOf(rest);
  }
}
