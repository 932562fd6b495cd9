package io.kiroku.launcher.platform;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// From the answer to COMMIT to the record in a consumer's hand, over many rows.
record OutboxLatency(List<Duration> sorted) {
  private static final Duration BOUND = Duration.ofSeconds(60);

  static OutboxLatency measure(Outbox outbox, Received received, int rows, Duration gap) {
    Map<String, Long> committed = new ConcurrentHashMap<>();
    Map<String, Long> arrived = new ConcurrentHashMap<>();
    var writer = CompletableFuture.runAsync(() -> write(outbox, rows, gap, committed));
    await()
        .atMost(BOUND)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(1))
        .until(() -> {
          received
              .poll()
              .forEach(one ->
                  arrived.putIfAbsent(
                      Received.headers(one).getOrDefault("id", ""), System.nanoTime()));
          return writer.isDone() && arrived.keySet().containsAll(committed.keySet());
        });
    writer.join();
    Stream<Duration> latencies =
        committed.entrySet().stream()
            .map(e -> Duration.ofNanos(arrived.getOrDefault(e.getKey(), 0L) - e.getValue()));
    return new OutboxLatency(latencies.sorted().toList());
  }

  Duration median() {
    return at(0.5);
  }

  private static void write(Outbox outbox, int rows, Duration gap, Map<String, Long> committed) {
    try (Connection connection = outbox.connect()) {
      for (int row = 0; row < rows; row++) {
        String id = Outbox.insert(connection, "latency-" + row, new byte[256]).toString();
        committed.put(id, System.nanoTime());
        LockSupport.parkNanos(gap.toNanos());
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Duration at(double quantile) {
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile));
  }

  @Override
  public String toString() {
    return "%d rows: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(sorted.size(), millis(0.5), millis(0.9), millis(0.99), millis(1));
  }

  private double millis(double quantile) {
    return at(quantile).toNanos() / 1e6;
  }
}
