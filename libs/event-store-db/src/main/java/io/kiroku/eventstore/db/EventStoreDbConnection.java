package io.kiroku.eventstore.db;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBClientSettings;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The client, whichever it is at the moment: one that cannot find its node shuts itself down for
/// good, and the next call then gets a new one. Opens no connection before the first call.
public final class EventStoreDbConnection implements AutoCloseable {
  /// While the store is away, calls fail at once in between.
  private static final long RENEWAL_NANOS_MIN = Duration.ofMillis(200).toNanos();

  /// The client's own deadlines (10 s for what writes) begin only when it is connected.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(12);

  private final EventStoreDBClientSettings settings;
  private @Nullable EventStoreDBClient client;
  private long createdAtNanos;
  private boolean closed;

  /// @param connectionString `esdb://host:port?tls=false`, or `esdb+discover://…`:
  ///   https://developers.eventstore.com/clients/grpc/getting-started.html#connection-string
  public EventStoreDbConnection(String connectionString) {
    this.settings = EventStoreDBConnectionString.parseOrThrow(connectionString);
  }

  <T> Uni<T> call(Function<EventStoreDBClient, CompletableFuture<T>> call) {
    return Uni.createFrom()
        .completionStage(() -> call.apply(client()))
        .ifNoItem()
        .after(ANSWER_MAX)
        .failWith(
            () -> new EventStoreUnavailable("EventStoreDB did not answer in " + ANSWER_MAX, null))
        .onFailure()
        .transform(Failures::translated);
  }

  <T> Uni<T> callPersistent(
      Function<EventStoreDBPersistentSubscriptionsClient, CompletableFuture<T>> call) {
    return call(current -> call.apply(EventStoreDBPersistentSubscriptionsClient.from(current)));
  }

  private synchronized EventStoreDBClient client() {
    if (closed) {
      throw new IllegalStateException("The connection to EventStoreDB is closed");
    }
    EventStoreDBClient current = client;
    if (current != null && !current.isShutdown()) {
      return current;
    }
    long now = System.nanoTime();
    if (current != null && now - createdAtNanos < RENEWAL_NANOS_MIN) {
      throw new EventStoreUnavailable("EventStoreDB is away", null);
    }
    EventStoreDBClient renewed = EventStoreDBClient.create(settings);
    client = renewed;
    createdAtNanos = now;
    return renewed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdown().join();
    }
  }
}
