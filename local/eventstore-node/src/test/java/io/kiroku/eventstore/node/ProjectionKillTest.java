package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WrongExpectedVersionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The program, killed again and again while it links: nothing lost, nothing twice.
final class ProjectionKillTest {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int KILLS = 6;
  private static final int WRITERS = 4;

  @Test
  void links_are_the_fold_of_all_however_often_the_node_is_killed() throws Exception {
    String database = Postgres.database();
    Random random = new Random(20261128);
    for (int round = 0; round < KILLS; round++) {
      try (NodeProcess node = start(database);
          ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int writer = 0; writer < WRITERS; writer++) {
          Random choices = new Random(random.nextLong());
          var _ =
              writers.submit(() -> {
                write(node, choices);
                return null;
              });
        }
        Thread.sleep(500 + random.nextInt(1500)); // the moment of the kill, not a wait
        node.kill();
      }
    }
    try (NodeProcess node = start(database)) {
      EventStoreDBClient client = client(node);
      Map<String, List<String>> expected =
          Fold.of(
              client
                  .readAll(ReadAllOptions.get().fromStart())
                  .get(60, TimeUnit.SECONDS)
                  .getEvents()
                  .stream()
                  .map(ResolvedEvent::getOriginalEvent)
                  .toList());
      assertThat(expected.getOrDefault("$ce-order", List.of())).hasSizeGreaterThan(KILLS);
      await().atMost(WAIT).until(() -> links(database) >= count(expected));
      for (var stream : expected.entrySet()) {
        assertThat(texts(client, stream.getKey())).as(stream.getKey()).isEqualTo(stream.getValue());
      }
      assertThat(links(database)).isEqualTo(count(expected));
      client.shutdown().get(20, TimeUnit.SECONDS);
    }
  }

  private static void write(NodeProcess node, Random random) throws Exception {
    EventStoreDBClient client = client(node);
    try {
      while (true) {
        String stream = (random.nextBoolean() ? "order-" : "stock-") + random.nextInt(40);
        if (random.nextInt(20) == 0) {
          deleted(client, stream);
        }
        EventData[] events = new EventData[1 + random.nextInt(3)];
        for (int i = 0; i < events.length; i++) {
          events[i] =
              ProjectionContract.of("type-" + random.nextInt(4), "job-" + random.nextInt(200));
        }
        client.appendToStream(stream, AppendToStreamOptions.get(), events).get(5, TimeUnit.SECONDS);
      }
    } finally {
      var _ = client.shutdown();
    }
  }

  /// There may be nothing to delete, which is no matter.
  private static void deleted(EventStoreDBClient client, String stream) throws Exception {
    try {
      client.deleteStream(stream, DeleteStreamOptions.get()).get(5, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof WrongExpectedVersionException)) {
        throw e;
      }
    }
  }

  private static List<String> texts(EventStoreDBClient client, String stream) throws Exception {
    try {
      return client
          .readStream(stream, ReadStreamOptions.get().fromStart())
          .get(20, TimeUnit.SECONDS)
          .getEvents()
          .stream()
          .map(event -> Fold.data(event.getOriginalEvent()))
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  private static long count(Map<String, List<String>> streams) {
    return streams.values().stream().mapToLong(List::size).sum();
  }

  private static long links(String database) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM link")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static NodeProcess start(String database) throws Exception {
    return new NodeProcess(
        "--port", "0", "--storage", "postgres:" + database, "--standard-projections=true");
  }

  private static EventStoreDBClient client(NodeProcess node) {
    return EventStoreDBClient.create(
        EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
  }
}
