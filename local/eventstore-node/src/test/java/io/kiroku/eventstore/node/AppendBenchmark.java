package io.kiroku.eventstore.node;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.SubscriptionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// How fast a node on PostgreSQL appends, to be run by hand: one event per append, new streams of
/// ten, clients on one connection in the same JVM.
final class AppendBenchmark {
  private static final int SUBSCRIBERS = 5;

  private AppendBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (NodeProcess node =
        new NodeProcess("--port", "0", "--storage", "postgres:" + Postgres.database())) {
      EventStoreDBClient client = client(node);
      run(node, client, 16, 3);
      for (int clients : new int[] {1, 16, 64}) {
        run(node, client, clients, 5);
      }
      for (int i = 0; i < SUBSCRIBERS; i++) {
        client(node)
            .subscribeToAll(new SubscriptionListener() {}, SubscribeToAllOptions.get().fromEnd())
            .get();
      }
      System.out.println("with " + SUBSCRIBERS + " live subscribers to $all:");
      run(node, client, 1, 5);
      run(node, client, 16, 5);
    }
    System.exit(0);
  }

  private static EventStoreDBClient client(NodeProcess node) {
    return EventStoreDBClient.create(
        EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
  }

  private static void run(NodeProcess node, EventStoreDBClient client, int clients, int seconds)
      throws Exception {
    List<Long> nanos = new ArrayList<>();
    Duration cpu = node.cpu();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(executor.submit(() -> append(client, end)));
      }
      for (Future<List<Long>> one : running) {
        nanos.addAll(one.get());
      }
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    nanos.sort(Long::compare);
    System.out.printf(
        "%d clients: %.0f appends/s, p50 %.2f ms, p99 %.2f ms, %.0f µs of the node's CPU each%n",
        clients,
        nanos.size() / elapsed,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() * 99 / 100) / 1e6,
        node.cpu().minus(cpu).toNanos() / 1e3 / nanos.size());
  }

  private static List<Long> append(EventStoreDBClient client, long end) throws Exception {
    List<Long> nanos = new ArrayList<>();
    while (System.nanoTime() < end) {
      String stream = "order-" + UUID.randomUUID();
      for (int revision = -1; revision < 9 && System.nanoTime() < end; revision++) {
        long start = System.nanoTime();
        ExpectedRevision expected =
            revision < 0
                ? ExpectedRevision.noStream()
                : ExpectedRevision.expectedRevision(revision);
        client
            .appendToStream(
                stream, AppendToStreamOptions.get().expectedRevision(expected), NodeTest.events(1))
            .get();
        nanos.add(System.nanoTime() - start);
      }
    }
    return nanos;
  }
}
