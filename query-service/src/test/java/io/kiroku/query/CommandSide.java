package io.kiroku.query;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.saga.SagaEvent;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Records events as the command side does.
final class CommandSide implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String TENANT = "default";
  private static final EventTypes TYPES =
      EventTypes.of(OrderEvent.class)
          .with(PaymentEvent.class)
          .with(ShipmentEvent.class)
          .with(StockEvent.class)
          .with(ProductEvent.class)
          .with(CategoryEvent.class)
          .with(SagaEvent.class, FulfillmentCommand.class);
  private static final EventTypes RETURN_TYPES =
      EventTypes.of(SagaEvent.class, ReturnCommand.class);
  private static final JsonEventCodec<Object> CODEC =
      JsonEventCodec.of(TYPES, new OneKey(), Upcasters.NONE);
  private static final JsonEventCodec<Object> RETURNS =
      JsonEventCodec.of(RETURN_TYPES, new OneKey(), Upcasters.NONE);

  private final EventStoreDbConnection connection;
  private final EventStoreDbEventStore store;
  private final Map<StreamId, Long> revisions = new ConcurrentHashMap<>();

  CommandSide(String url) {
    connection = new EventStoreDbConnection(url);
    store = new EventStoreDbEventStore(connection);
  }

  /// What the stream's events are written with.
  static JsonEventCodec<Object> codecOf(StreamId stream) {
    return stream.category().equals("return") ? RETURNS : CODEC;
  }

  /// The consistency token that the command would have answered with.
  String record(StreamId stream, String actor, Object event) {
    return recordFor(TENANT, stream, actor, event);
  }

  String recordFor(String tenant, StreamId stream, String actor, Object event) {
    var codec = codecOf(stream);
    byte[] data = codec.encode(tenant, event).await().atMost(SOON);
    return append(tenant, stream, actor, codec.typeOf(event), data);
  }

  /// Of a product called Sencha.
  String createProduct(ProductId product) {
    var created =
        new ProductCreated(
            product,
            "Sencha",
            "green",
            Money.yen(800),
            new CategoryId(UUID.randomUUID()),
            Instant.now());
    return record(StreamId.of("product", product.toString()), "root", created);
  }

  String recordUnreadable(StreamId stream) {
    return recordUnreadableFor(TENANT, stream);
  }

  String recordUnreadableFor(String tenant, StreamId stream) {
    return append(
        tenant, stream, "mika", "nobody-knows-this.v9", "{}".getBytes(StandardCharsets.UTF_8));
  }

  private String append(String tenant, StreamId stream, String actor, String type, byte[] data) {
    UUID id = UUID.randomUUID();
    return append(stream, List.of(event(id, tenant, actor, type, data, id, id)));
  }

  private static NewEvent event(
      UUID id,
      String tenant,
      String actor,
      String type,
      byte[] data,
      UUID correlation,
      UUID cause) {
    String trace = "00-" + "0af7651916cd43dd8448eb211c80319c" + "-b7ad6b7169203331-01";
    var metadata =
        new EventMetadata(correlation, cause, id, "hash", actor, tenant, null, trace, null);
    return new NewEvent(id, type, data, metadata);
  }

  private String append(StreamId stream, List<NewEvent> events) {
    long revision =
        store
            .append(stream, revisions.getOrDefault(stream, -1L), events)
            .await()
            .atMost(SOON)
            .revision();
    revisions.put(stream, revision);
    String tenant = events.getFirst().metadata().tenant();
    return ConsistencyToken.of(tenant, stream, revision).encode();
  }

  /// The event's id.
  UUID recordCaused(String tenant, StreamId stream, Object event, UUID correlation, UUID cause) {
    return recordMany(tenant, stream, event, correlation, cause, 1).getFirst();
  }

  /// The same event many times; their ids.
  List<UUID> recordMany(
      String tenant, StreamId stream, Object event, UUID correlation, UUID cause, int times) {
    var codec = codecOf(stream);
    byte[] data = codec.encode(tenant, event).await().atMost(SOON);
    List<NewEvent> events =
        Stream.generate(UUID::randomUUID)
            .limit(times)
            .map(id -> event(id, tenant, "aoi", codec.typeOf(event), data, correlation, cause))
            .toList();
    append(stream, events);
    return events.stream().map(NewEvent::id).toList();
  }

  String place(OrderId order, String user) {
    return placeFor(TENANT, order, user);
  }

  String placeFor(String tenant, OrderId order, String user) {
    var line = new OrderLine(new ProductId(UUID.randomUUID()), "Tea", 2, Money.yen(800));
    return placeFor(tenant, order, user, List.of(line));
  }

  String placeFor(String tenant, OrderId order, String user, List<OrderLine> lines) {
    var address =
        new ShippingAddress("Mika Sato", "1-2-3 Ginza", "", "Tokyo", "", "104-0061", "JP");
    Money total =
        lines.stream()
            .map(line -> line.unitPrice().times(line.quantity()))
            .reduce(Money.yen(0), Money::plus);
    return recordFor(
        tenant,
        StreamId.of("order", order.toString()),
        user,
        new OrderPlaced(
            order, user, lines, total, Personal.of(user, address), "tok_ok", Instant.now()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
