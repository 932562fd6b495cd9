package io.kiroku.bench;

import io.kiroku.catalog.ProductEvent;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventLog;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.eventstore.db.EventStoreDbSnapshotStore;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The platform's event store, written to without the service in between.
public final class Log implements AutoCloseable {
  private static final String TENANT = "default";
  private static final String ACTOR = "bench";
  private static final String REQUEST = "0".repeat(64);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(60);
  private static final EventTypes TYPES =
      EventTypes.of(StockEvent.class)
          .with(ProductEvent.class)
          .with(OrderEvent.class)
          .with(PaymentEvent.class)
          .with(ShipmentEvent.class);

  private final EventStoreDbConnection connection;
  private final EventStore store;
  private final PersonKeys keys = new MemoryKeys();

  public Log(String connectionString) {
    this.connection = new EventStoreDbConnection(connectionString);
    this.store = new EventStoreDbEventStore(connection);
  }

  /// Position of the last event.
  public long head() {
    return new EventStoreDbEventLog(connection).head().await().atMost(ANSWER_MOST);
  }

  public EventStore store() {
    return store;
  }

  public EventStoreDbSnapshotStore snapshots() {
    return new EventStoreDbSnapshotStore(connection);
  }

  public <E> EventCodec<E> codec() {
    return JsonEventCodec.of(TYPES, keys, Upcasters.NONE);
  }

  /// Each event as if a command of its own had led to it.
  ///
  /// @param revision of the stream's last event, -1 if there is none
  /// @return the stream's last revision
  public long append(StreamId stream, long revision, List<?> events) {
    return appending(stream, revision, events).await().atMost(ANSWER_MOST);
  }

  public Uni<Long> appending(StreamId stream, long revision, List<?> events) {
    EventCodec<Object> codec = codec();
    return codec
        .encodeAll(TENANT, events)
        .map(data ->
            IntStream.range(0, data.size())
                .mapToObj(i -> event(codec.typeOf(events.get(i)), data.get(i)))
                .toList())
        .flatMap(encoded -> store.append(stream, revision, encoded))
        .map(appended -> appended.revision());
  }

  private static NewEvent event(String type, byte[] data) {
    return new NewEvent(UUID.randomUUID(), type, data, metadata());
  }

  private static EventMetadata metadata() {
    UUID command = UUID.randomUUID();
    return new EventMetadata(command, command, command, REQUEST, ACTOR, TENANT, null, null, null);
  }

  public static CommandContext command() {
    UUID command = UUID.randomUUID();
    return new CommandContext(command, REQUEST, ACTOR, TENANT, command, command, null, null, null);
  }

  @Override
  public void close() {
    connection.close();
  }
}
