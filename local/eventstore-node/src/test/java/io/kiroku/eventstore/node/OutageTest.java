package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.SubscribeToAllOptions;
import io.grpc.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL is killed under a running node, and comes back.
final class OutageTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int LINKED = 100;

  @Test
  void node_answers_unavailable_and_comes_back_by_itself(@TempDir Path directory) throws Exception {
    int port = freePort();
    EmbeddedPostgres postgres = postgres(directory, port);
    String url = postgres.getJdbcUrl("postgres", "postgres");
    try (EventStoreNode node = EventStoreNode.onPostgres(url, "postgres", null).start()) {
      EventStoreDBClient client =
          EventStoreDBClient.create(
              EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
      EventStoreDBClient idle = // one that is told UNAVAILABLE gives up its subscriptions, too
          EventStoreDBClient.create(
              EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
      Heard heard = new Heard();
      idle.subscribeToAll(heard, SubscribeToAllOptions.get().fromStart()).get(10, TimeUnit.SECONDS);
      append(client, -1);
      kill(directory);
      postgres.close(); // lets go of the directory
      assertThatThrownBy(() -> append(client, 0))
          .satisfies(e ->
              assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      await().atMost(WAIT).until(() -> !node.ready());
      assertThat(health(node, "ready")).isEqualTo(503);
      assertThat(health(node, "live")).isEqualTo(204);
      try (EmbeddedPostgres _ = postgres(directory, port)) {
        await().atMost(WAIT).until(node::ready);
        assertThat(health(node, "ready")).isEqualTo(204);
        append(client, 0);
        assertThat(
                client
                    .readStream("s", ReadStreamOptions.get().fromStart())
                    .get(10, TimeUnit.SECONDS)
                    .getEvents())
            .hasSize(2);
        await().atMost(WAIT).until(() -> heard.events.size() == 2);
        node.close();
        client.shutdown().get(10, TimeUnit.SECONDS);
        idle.shutdown().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void links_that_a_killed_database_forgot_are_made_again(@TempDir Path directory)
      throws Exception {
    int port = freePort();
    EmbeddedPostgres postgres = postgres(directory, port);
    String url = postgres.getJdbcUrl("postgres", "postgres");
    try (EventStoreNode node =
        EventStoreNode.onPostgres(url, "postgres", null).standardProjections(true).start()) {
      EventStoreDBClient client =
          EventStoreDBClient.create(
              EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
      for (int i = 0; i < LINKED; i++) {
        append(client, i - 1);
      }
      await().atMost(WAIT).ignoreExceptions().until(() -> links(client).size() == LINKED);
      kill(directory); // what was committed last was not flushed
      postgres.close();
      await().atMost(WAIT).until(() -> !node.ready());
      try (EmbeddedPostgres _ = postgres(directory, port)) {
        await().atMost(WAIT).until(node::ready);
        append(client, LINKED - 1);
        await().atMost(WAIT).ignoreExceptions().until(() -> links(client).size() > LINKED);
        assertThat(links(client))
            .isEqualTo(IntStream.rangeClosed(0, LINKED).mapToObj(i -> i + "@s").toList());
        node.close();
        client.shutdown().get(10, TimeUnit.SECONDS);
      }
    }
  }

  private static int health(EventStoreNode node, String of) throws Exception {
    URI address = URI.create("http://%s:%d/health/%s".formatted(node.host(), node.port(), of));
    return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode();
  }

  private static List<String> links(EventStoreDBClient client) throws Exception {
    return NodeTest.result(client.readStream("$et-event-0", ReadStreamOptions.get().fromStart()))
        .getEvents()
        .stream()
        .map(event -> Fold.data(event.getOriginalEvent()))
        .toList();
  }

  private static void append(EventStoreDBClient client, long expected) throws Exception {
    EventData[] events = NodeTest.events(1);
    ExpectedRevision revision =
        expected < 0 ? ExpectedRevision.noStream() : ExpectedRevision.expectedRevision(expected);
    AppendToStreamOptions options = AppendToStreamOptions.get().expectedRevision(revision);
    NodeTest.result(client.appendToStream("s", options, events));
  }

  private static EmbeddedPostgres postgres(Path directory, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static void kill(Path directory) throws Exception {
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    await().atMost(WAIT).until(() -> !postmaster.isAlive());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
