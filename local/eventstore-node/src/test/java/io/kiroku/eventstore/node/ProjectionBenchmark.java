package io.kiroku.eventstore.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the system projections cost, to be run by hand: CPU of node and PostgreSQL for a thousand
/// events with them and without, at full speed and at a rate. Each event has five links or so: new
/// streams of ten, ten types, a correlation id per stream.
final class ProjectionBenchmark {
  private static final int CLIENTS = 16;
  private static final int STREAM_EVENTS = 10;

  private ProjectionBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    for (String enabled : List.of("false", "true", "false", "true")) {
      String database = Postgres.database();
      try (NodeProcess node =
          new NodeProcess(
              "--port", "0", "--storage=postgres:" + database, "--standard-projections", enabled)) {
        EventStoreDBClient client =
            EventStoreDBClient.create(
                EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
        run(client, 200, Duration.ZERO); // warms up
        settle(database, enabled);
        for (Duration pause : List.of(Duration.ZERO, Duration.ofMillis(80))) {
          Duration nodeCpu = node.cpu();
          Duration postgresCpu = postgres();
          long start = System.nanoTime();
          int events = run(client, pause.isZero() ? 1000 : 100, pause);
          double seconds = (System.nanoTime() - start) / 1e9;
          settle(database, enabled);
          System.out.printf(
              "projections %s: %.0f events/s, ms of CPU for 1,000 events: node %.0f, PostgreSQL %.0f%n",
              enabled,
              events / seconds,
              node.cpu().minus(nodeCpu).toNanos() / 1e3 / events,
              postgres().minus(postgresCpu).toNanos() / 1e3 / events);
        }
      }
    }
    System.exit(0);
  }

  private static int run(EventStoreDBClient client, int streams, Duration pause) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            executor.submit(() -> {
              for (int stream = 0; stream < streams / CLIENTS; stream++) {
                write(client, pause);
              }
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return streams / CLIENTS * CLIENTS * STREAM_EVENTS;
  }

  private static void write(EventStoreDBClient client, Duration pause) throws Exception {
    UUID id = UUID.randomUUID();
    for (int revision = -1; revision < STREAM_EVENTS - 1; revision++) {
      ExpectedRevision expected =
          revision < 0 ? ExpectedRevision.noStream() : ExpectedRevision.expectedRevision(revision);
      EventData event =
          EventDataBuilder.json(UUID.randomUUID(), "type-" + revision, new byte[200])
              .metadataAsBytes("{\"$correlationId\":\"%s\"}".formatted(id).getBytes(UTF_8))
              .build();
      client
          .appendToStream(
              "order-" + id, AppendToStreamOptions.get().expectedRevision(expected), event)
          .get();
      Thread.sleep(pause);
    }
  }

  /// Until everything is linked.
  private static void settle(String database, String enabled) throws Exception {
    boolean behind = Boolean.parseBoolean(enabled);
    while (behind) {
      try (var connection = DriverManager.getConnection(database);
          var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT (SELECT min(next) FROM link_projection)"
                      + " <= (SELECT max(position) FROM log_record)")) {
        rows.next();
        behind = rows.getBoolean(1);
      }
      Thread.sleep(20);
    }
  }

  private static Duration postgres() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("postgres"))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
