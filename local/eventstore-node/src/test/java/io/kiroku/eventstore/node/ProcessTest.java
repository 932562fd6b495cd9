package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          2 | --storage=folder:/x             | '--storage': 'folder:/x' is neither memory nor
          2 | --storage=postgres://h:port/x   | '--storage': 'postgres://h:port/x' has no URL that
          2 | --port=70000                    | '--port': 70000 is not in 0..65535
          2 | --port=many                     | '--port': 'many' is not an int
          2 | --max-append-size=0             | '--max-append-size': 0 is not in 1..2147483647
          2 | --max-append-event-size=0       | '--max-append-event-size': 0 is not in 1..
          2 | --speed=9                       | Unknown option: '--speed=9'
          4 | --storage=postgres://127.0.0.1:1/x | cannot start on postgres://127.0.0.1:1/x:
          6 | --host=192.0.2.1                | cannot listen on 192.0.2.1:
          """)
  void what_keeps_it_from_starting_is_told_in_one_line(int code, String option, String reason)
      throws Exception {
    try (NodeProcess node = new NodeProcess(option)) {
      assertThat(node.exitCode()).isEqualTo(code);
      assertThat(said(node))
          .singleElement()
          .asString()
          .startsWith("kiroku-eventstore-node: ")
          .contains(reason);
    }
  }

  @Test
  void a_port_that_is_taken_is_told_in_one_line() throws Exception {
    try (NodeProcess first = new NodeProcess("--port", "0");
        NodeProcess second = new NodeProcess("--port", Integer.toString(first.port()))) {
      assertThat(second.exitCode()).isEqualTo(6);
      assertThat(said(second))
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:%d".formatted(first.port()));
    }
  }

  @Test
  void it_tells_where_it_listens_and_where_its_log_is_but_no_password() throws Exception {
    String database = Postgres.database();
    try (NodeProcess node = start(database + "&password=secret")) {
      assertThat(said(node))
          .singleElement()
          .asString()
          .contains("listens on 127.0.0.1:" + node.port())
          .contains("storage postgres://")
          .contains("connect to " + node.connectionString())
          .doesNotContain("secret");
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

  /// What the program printed itself. The JVM warns of what Netty and Protobuf do, and SLF4J, which
  /// is on the class path of tests only, that nobody listens to it.
  private static List<String> said(NodeProcess node) {
    return node.output().stream()
        .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("SLF4J"))
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static NodeProcess start(String database) throws Exception {
    return new NodeProcess("--port", "0", "--storage", "postgres:" + database);
  }

  private static EventStoreDBClient client(NodeProcess node) {
    return EventStoreDBClient.create(
        EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
  }
}
