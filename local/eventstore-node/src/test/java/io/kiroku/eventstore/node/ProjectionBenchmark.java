package io.kiroku.eventstore.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// What the system projections cost, to be run by hand on Linux: CPU of the thread that links and
/// of its PostgreSQL backend, for a thousand events, at full speed and at a rate. Each event has
/// three links and a bit: new streams of ten, ten types, a correlation id per stream.
final class ProjectionBenchmark {
  private static final int CLIENTS = 16;
  private static final int STREAM_EVENTS = 10;
  private static final double TICKS_PER_SECOND = 100;

  private ProjectionBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String database = Postgres.database();
    try (NodeProcess node =
        new NodeProcess(
            "--port", "0", "--storage=postgres:" + database, "--standard-projections=true")) {
      EventStoreDBClient client =
          EventStoreDBClient.create(
              EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
      run(client, 500, Duration.ZERO); // warms up
      settle(database);
      for (Duration pause : List.of(Duration.ZERO, Duration.ofMillis(80), Duration.ZERO)) {
        Duration all = node.cpu();
        double thread = threadSeconds(node);
        double backend = backendSeconds(database);
        long start = System.nanoTime();
        int events = run(client, pause.isZero() ? 1000 : 200, pause);
        double seconds = (System.nanoTime() - start) / 1e9;
        settle(database);
        System.out.printf(
            "%.0f events/s, ms of CPU for 1,000 events: linking %.0f, its backend %.0f, all of the node %.0f%n",
            events / seconds,
            (threadSeconds(node) - thread) * 1e6 / events,
            (backendSeconds(database) - backend) * 1e6 / events,
            node.cpu().minus(all).toNanos() / 1e3 / events);
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
  private static void settle(String database) throws Exception {
    String behind =
        "SELECT (SELECT min(next) FROM link_projection)"
            + " <= (SELECT max(position) FROM log_record)";
    while (query(database, behind).equals("t")) {
      Thread.sleep(20);
    }
  }

  private static String query(String database, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static double backendSeconds(String database) throws Exception {
    String pid =
        query(
            database,
            "SELECT pid FROM pg_stat_activity"
                + " WHERE application_name = 'kiroku-eventstore-node links'"
                + " AND datname = current_database()");
    return seconds(Path.of("/proc", pid, "stat"));
  }

  private static double threadSeconds(NodeProcess node) throws Exception {
    Path tasks = Path.of("/proc", Long.toString(node.pid()), "task");
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).strip().equals("projections")) {
          return seconds(thread.resolve("stat"));
        }
      }
    }
    throw new IllegalStateException("The node has no thread of that name");
  }

  /// User and system time, the 14th and 15th field; see proc(5).
  private static double seconds(Path stat) throws Exception {
    String text = Files.readString(stat);
    List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }
}
