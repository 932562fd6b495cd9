package io.kiroku.bench.node;

import io.kiroku.bench.Samples;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Raw inserts by connections of this program, in auto-commit.
record JdbcInserts(String url) implements RawInserts {
  @Override
  public String name() {
    return "JDBC";
  }

  @Override
  public Rate run(int clients, Duration length) throws Exception {
    var samples = new Samples();
    long begin = System.nanoTime();
    long until = begin + length.toNanos();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(() -> {
              insert(until, samples);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return Rate.since(begin, samples);
  }

  private void insert(long untilNanos, Samples samples) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() < untilNanos) {
        long begin = System.nanoTime();
        statement.executeUpdate();
        samples.add(System.nanoTime() - begin);
      }
    }
  }
}
