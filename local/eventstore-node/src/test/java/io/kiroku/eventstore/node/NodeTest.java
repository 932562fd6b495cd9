package io.kiroku.eventstore.node;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.WriteResult;
import io.kiroku.eventstore.node.log.LogStorage;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.eventstore.node.storage.PostgresStorage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A node on a fresh storage, and a client of it, for each test.
abstract class NodeTest {
  static final long WAIT_SECONDS = 20;

  /// The storages that every test must hold on.
  enum Kind {
    MEMORY,
    POSTGRES;

    LogStorage create() throws SQLException {
      return switch (this) {
        case MEMORY -> new MemoryStorage();
        case POSTGRES -> new PostgresStorage(Postgres.database(), Postgres.USER, null);
      };
    }
  }

  private final Kind kind;
  EventStoreNode node;
  EventStoreDBClient client;
  EventStoreDBPersistentSubscriptionsClient groups;
  LogStorage storage;

  @SuppressWarnings("NullAway.Init") // set before each test
  NodeTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void startNode() throws Exception {
    storage = kind.create();
    node = nodeOptions().start();
    connect();
  }

  /// The node first: a client with open calls takes seconds to give up on them.
  @AfterEach
  void stopNode() throws Exception {
    node.close();
    result(client.shutdown());
    result(groups.shutdown());
  }

  /// The same storage under another node, as after a restart of the program.
  void restart() throws Exception {
    stopNode();
    node = nodeOptions().start();
    connect();
  }

  EventStoreNode.Builder nodeOptions() {
    return EventStoreNode.on(storage);
  }

  private void connect() {
    var settings = EventStoreDBConnectionString.parseOrThrow(node.connectionString());
    client = EventStoreDBClient.create(settings);
    groups = EventStoreDBPersistentSubscriptionsClient.create(settings);
  }

  static UUID id(int number) {
    return new UUID(1, number + 1L);
  }

  static EventData event(UUID id, String type) {
    byte[] data = "{\"of\":\"%s\"}".formatted(type).getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.json(id, type, data).build();
  }

  static EventData[] events(int count) {
    EventData[] events = new EventData[count];
    Arrays.setAll(events, i -> event(UUID.randomUUID(), "event-" + i));
    return events;
  }

  WriteResult append(String stream, ExpectedRevision expected, EventData... events)
      throws Exception {
    AppendToStreamOptions options = AppendToStreamOptions.get().expectedRevision(expected);
    return result(client.appendToStream(stream, options, events));
  }

  List<ResolvedEvent> read(String stream) throws Exception {
    return result(client.readStream(stream, ReadStreamOptions.get().forwards().fromStart()))
        .getEvents();
  }

  static <T> T result(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + WAIT_SECONDS + " s", e);
    }
  }
}
