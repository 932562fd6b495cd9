package io.kiroku.projection.rebuild;

import io.kiroku.projection.Build;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.ProjectionRunner;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The builds that this instance keeps going. Every instance shares the work for those that queries
/// may be answered from; a new one is built by one instance.
final class BuildRunners {
  private final Projection declared;
  private final RunnerSource runners;
  private final Map<Integer, ProjectionRunner> running = new ConcurrentHashMap<>();
  private boolean closed;

  BuildRunners(Projection declared, RunnerSource runners) {
    this.declared = declared;
    this.runners = runners;
  }

  synchronized void keep(Set<Integer> wanted) {
    running.forEach((number, runner) -> {
      if (!wanted.contains(number)) {
        running.remove(number);
        runner.close();
        runners.closed(runner);
      }
    });
    for (int number : wanted) {
      if (!closed && !running.containsKey(number)) {
        ProjectionRunner runner = runners.open(new Build(declared, number));
        running.put(number, runner);
        runner.start();
      }
    }
  }

  @Nullable ProjectionRunner of(int number) {
    return running.get(number);
  }

  List<ProjectionRunner> all() {
    return running.entrySet().stream()
        .sorted(Comparator.comparingInt(Map.Entry::getKey))
        .map(Map.Entry::getValue)
        .toList();
  }

  synchronized void close() {
    closed = true;
    keep(Set.of());
  }
}
