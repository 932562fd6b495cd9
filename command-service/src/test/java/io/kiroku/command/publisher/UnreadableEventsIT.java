package io.kiroku.command.publisher;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.command.logconsumer.ConsumerState.Failing;
import io.kiroku.command.logconsumer.Lease;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.logconsumer.LogConsumer;
import io.kiroku.command.logconsumer.LogConsumerConfig;
import io.kiroku.command.logconsumer.UnreadableEvent;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.samples.Samples;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What the publisher does with what it cannot read, on a real PostgreSQL.
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnreadableEventsIT {
  private static final StreamId STOCK = StreamId.of("stock", Samples.PRODUCT.toString());
  private static final TestDatabase database = TestDatabase.start();

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final EventCodec<Object> codec = StoredEvents.codec(PersonKeys.NONE);
  private final Leases leases = new Leases(database.pool, "test", Duration.ofMinutes(1));
  private final Publisher publisher =
      new Publisher(
          database.pool,
          leases,
          new Publications(
              StoredEvents.reader(),
              List.of(new FulfillmentSaga(new OrderFulfillment(FulfillmentSettings.DEFAULTS))),
              database.pool),
          _ -> Uni.createFrom().item(1),
          new OutboxTending(new OutboxCleaning(database.pool, "none"), Duration.ofHours(1)));

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void fresh() {
    database.query("TRUNCATE outbox");
    database.query("UPDATE log_consumer SET checkpoint = -1, lease_until = '-infinity'");
  }

  @Test
  void what_comes_before_an_unknown_type_is_published_and_what_comes_after_waits() {
    append(STOCK, new StockReceived(Samples.PRODUCT, 1, Samples.AT));
    long before = await(store.head());
    appendRaw(STOCK, "stock-from-the-future.v9");
    append(STOCK, new StockReceived(Samples.PRODUCT, 2, Samples.AT));

    assertThatThrownBy(this::publish)
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining("stock-from-the-future.v9 " + STOCK + "@1");
    assertThat(messages()).isEqualTo(1);
    assertThat(checkpoint()).isEqualTo(before);

    assertThatThrownBy(this::publish).isInstanceOf(UnreadableEvent.class);
    assertThat(messages()).isEqualTo(1);
    assertThat(checkpoint()).isEqualTo(before);
  }

  @Test
  void a_saga_event_that_cannot_be_read_holds_the_publisher_up_too() {
    appendRaw(StreamId.of("fulfillment", Samples.ORDER.toString()), "saga-dreamt.v1");
    assertThatThrownBy(this::publish)
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining("saga-dreamt.v1");
  }

  @Test
  void events_of_streams_that_are_not_ours_are_passed_over() {
    appendRaw(StreamId.of("weather", "today"), "sun-shone.v1");
    append(STOCK, new StockReceived(Samples.PRODUCT, 1, Samples.AT));
    publish();
    assertThat(messages()).isEqualTo(1);
    assertThat(checkpoint()).isEqualTo(await(store.head()));
  }

  @Test
  void trap_18_it_says_what_it_waits_for_and_does_not_spin() throws InterruptedException {
    append(STOCK, new StockReceived(Samples.PRODUCT, 1, Samples.AT));
    appendRaw(STOCK, "stock-from-the-future.v9");
    LogConsumerConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(LogConsumerConfig.class)
            .build()
            .getConfigMapping(LogConsumerConfig.class);
    LogConsumer consumer = new LogConsumer(publisher, store, leases, config);
    consumer.start();
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              consumer.state() instanceof Failing(var reason)
                  && reason.contains("stock-from-the-future.v9 " + STOCK + "@1"));
      assertThat(messages()).isEqualTo(1);
    } finally {
      consumer.stop(Duration.ofSeconds(5));
    }
  }

  /// As a leader does from the checkpoint there is.
  private void publish() {
    database.query("UPDATE log_consumer SET lease_until = '-infinity'");
    Lease lease = await(leases.acquire(Publisher.CONSUMER)).orElseThrow();
    publisher.begin(lease);
    List<RecordedEvent> events = await(store.read(lease.checkpoint(), 1_000));
    var _ = publisher.handle(new LogBatch(events, await(store.head())), lease);
  }

  private static long messages() {
    return database.number("SELECT count(*) FROM outbox");
  }

  private static long checkpoint() {
    return database.number("SELECT checkpoint FROM log_consumer WHERE consumer = 'publisher'");
  }

  private void append(StreamId stream, Object event) {
    append(stream, codec.typeOf(event), await(codec.encode("default", event)));
  }

  private void appendRaw(StreamId stream, String type) {
    append(stream, type, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void append(StreamId stream, String type, byte[] data) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "", "test", "default", null, null, null);
    long revision = await(store.read(stream, 0)).size() - 1L;
    await(store.append(stream, revision, List.of(new NewEvent(id, type, data, metadata))));
  }
}
