package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The program: what it answered is there after it was killed, and it shares its log with no other.
final class ProcessTest {
  private static final int WRITERS = 8;
  private static final int APPENDS_BEFORE_KILL = 400;

  @Test
  void answered_appends_survive_a_kill_under_load() throws Exception {
    String database = Postgres.database();
    Map<String, Long> answered = new ConcurrentHashMap<>();
    try (NodeProcess node = start(database)) {
      CountDownLatch enough = new CountDownLatch(APPENDS_BEFORE_KILL);
      try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < WRITERS; i++) {
          String stream = "w-" + i;
          var _ =
              writers.submit(() -> {
                write(node, stream, answered, enough);
                return null;
              });
        }
        assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        node.kill();
      }
    }
    try (NodeProcess node = start(database)) {
      EventStoreDBClient client = client(node);
      for (var stream : answered.entrySet()) {
        var events =
            client
                .readStream(stream.getKey(), ReadStreamOptions.get().fromStart())
                .get(20, TimeUnit.SECONDS)
                .getEvents();
        assertThat(events).hasSizeGreaterThanOrEqualTo(Math.toIntExact(stream.getValue()) + 1);
      }
      client.shutdown().get(20, TimeUnit.SECONDS);
    }
    assertGapFree(database);
  }

  private static void write(
      NodeProcess node, String stream, Map<String, Long> answered, CountDownLatch enough)
      throws Exception {
    EventStoreDBClient client = client(node);
    try {
      for (long expected = -1; ; expected++) {
        var revision =
            expected < 0
                ? ExpectedRevision.noStream()
                : ExpectedRevision.expectedRevision(expected);
        var options = AppendToStreamOptions.get().expectedRevision(revision);
        client.appendToStream(stream, options, NodeTest.events(1)).get(20, TimeUnit.SECONDS);
        answered.put(stream, expected + 1);
        enough.countDown();
      }
    } finally {
      var _ = client.shutdown();
    }
  }

  private static void assertGapFree(String database) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*), max(position) + 1 FROM log_record")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(rows.getLong(2));
    }
  }

  @Test
  void second_node_on_the_same_database_is_refused() throws Exception {
    String database = Postgres.database();
    try (NodeProcess first = start(database);
        NodeProcess second = start(database)) {
      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(String.join("\n", second.output()))
          .contains("Another node writes to this database");
      var client = client(first);
      client.appendToStream("s", NodeTest.events(1)).get(20, TimeUnit.SECONDS);
      client.shutdown().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void sigterm_stops_it_in_order() throws Exception {
    String database = Postgres.database();
    try (NodeProcess first = start(database)) {
      first.stop();
      assertThat(first.exitCode()).isEqualTo(143);
      try (NodeProcess second = start(database)) {
        assertThat(second.output()).anyMatch(line -> line.contains("listens on"));
      }
    }
  }

  private static NodeProcess start(String database) throws Exception {
    return new NodeProcess("--port", "0", "--storage", "postgres:" + database);
  }

  private static EventStoreDBClient client(NodeProcess node) {
    return EventStoreDBClient.create(
        EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
  }
}
