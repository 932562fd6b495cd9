package io.kiroku.command.saga;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.command.logconsumer.Lease;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.returns.ReturnSaga;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderLine;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnSettings;
import io.kiroku.samples.Samples;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The runner on a real PostgreSQL and the store that passes the stores' contract in memory.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SagaRunnerIT {
  private static final String SAGA = Samples.ORDER.toString();
  private static final StreamId ORDER = StreamId.of("order", SAGA);
  private static final TestDatabase database = TestDatabase.start();

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final EventCodec<Object> codec = StoredEvents.codec(new OneKey());
  private final SagaDefinition<?> fulfillment =
      new FulfillmentSaga(new OrderFulfillment(FulfillmentSettings.DEFAULTS));
  private final SagaDefinition<?> returns =
      new ReturnSaga(new OrderReturn(ReturnSettings.DEFAULTS));
  private List<SagaDefinition<?>> kinds = List.of(fulfillment);
  private SagaRunner runner;
  private Lease lease;

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void fresh() {
    database.query("TRUNCATE saga_parked, saga_inbox, saga_timer");
    database.query("UPDATE log_consumer SET checkpoint = -1, lease_until = '-infinity'");
    startRunner();
  }

  /// As a new leader would, from whatever checkpoint there is.
  private void startRunner() {
    SagaRegistry sagas = new SagaRegistry(kinds, store);
    Leases leases = new Leases(database.pool, "test", Duration.ofMinutes(1));
    runner =
        new SagaRunner(
            new HeardEvents(StoredEvents.reader(), sagas),
            sagas,
            new SagaTimers(database.pool, sagas, store, Clock.systemUTC()),
            new SagaParking(new ParkedSagas(database.pool), store),
            List.of(),
            database.pool,
            leases);
    database.query("UPDATE log_consumer SET lease_until = '-infinity'");
    lease = await(leases.acquire(SagaRunner.CONSUMER)).orElseThrow();
    runner.begin(lease);
  }

  @Test
  void an_order_starts_its_saga() {
    append(ORDER, Samples.ORDER_PLACED);
    hearAll();
    assertThat(saga()).hasSizeGreaterThan(1);
    assertThat(saga()).allMatch(event -> event.metadata().actor().equals("user-1"));
    assertThat(saga()).allMatch(event -> event.metadata().triggerPosition() != null);
  }

  @Test
  void trap_23_a_trigger_heard_again_after_a_crash_is_never_decided_again() {
    append(ORDER, Samples.ORDER_PLACED);
    append(StreamId.of("stock", "p1"), reserved(0));
    append(StreamId.of("stock", "p2"), reserved(1));
    hearAll();
    List<RecordedEvent> before = saga();

    database.query("UPDATE log_consumer SET checkpoint = -1");
    startRunner();
    hearAll();

    assertThat(saga()).isEqualTo(before);
  }

  @Test
  void trap_18_a_saga_that_cannot_be_decided_waits_and_the_others_go_on() {
    appendRaw(ORDER, "order-placed.v1", "{\"no\":\"order\"}");
    String other = UUID.randomUUID().toString();
    appendRaw(
        StreamId.of("order", other),
        "order-placed.v1",
        new String(await(codec.encode("default", Samples.ORDER_PLACED)), StandardCharsets.UTF_8)
            .replace(SAGA, other));
    append(StreamId.of("payment", SAGA), Samples.PAYMENT_EVENTS.get(1));
    hearAll();

    assertThat(saga()).isEmpty();
    assertThat(await(store.read(StreamId.of("fulfillment", other), 0))).isNotEmpty();
    assertThat(database.number("SELECT count(*) FROM saga_parked")).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM saga_inbox")).isEqualTo(2);
    assertThat(runner.parked()).isEqualTo(1);
  }

  @Test
  void an_event_of_an_unknown_type_parks_the_saga_of_its_order_and_no_other() {
    append(ORDER, Samples.ORDER_PLACED);
    hearAll();
    appendRaw(ORDER, "order-from-the-future.v9", "{}");
    appendRaw(StreamId.of("stock", "p1"), "stock-from-the-future.v9", "{}");
    appendRaw(StreamId.of("weather", "today"), "sun-shone.v1", "{}");
    hearAll();
    assertThat(saga()).isNotEmpty();
    // The metadata of the stock's event names the same saga.
    assertThat(database.number("SELECT count(*) FROM saga_parked")).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM saga_inbox")).isEqualTo(2);
  }

  @Test
  void what_waited_for_a_parked_saga_is_heard_when_it_can_be_decided() {
    append(ORDER, Samples.ORDER_PLACED);
    database.query(
        "INSERT INTO saga_parked VALUES ('"
            + SAGA
            + "', 'a bug', 1, now(), now(), 0, 'fulfillment')");
    startRunner();
    hearAll();
    assertThat(database.number("SELECT count(*) FROM saga_inbox")).isEqualTo(1);

    runner.tick(lease);

    assertThat(saga()).isNotEmpty();
    assertThat(database.number("SELECT count(*) FROM saga_parked")).isZero();
    assertThat(database.number("SELECT count(*) FROM saga_inbox")).isZero();
  }

  @Test
  void an_operator_has_a_parked_saga_tried_at_once_and_sees_that_it_fails_again() {
    appendRaw(ORDER, "order-placed.v1", "{\"no\":\"order\"}");
    hearAll();
    ParkedSagas rows = new ParkedSagas(database.pool);
    SagaKey key = new SagaKey("fulfillment", SAGA);
    var before = await(rows.find("default", key)).orElseThrow();
    runner.tick(lease);
    assertThat(await(rows.find("default", key))).contains(before);

    await(rows.hurry("default", key));
    startRunner();
    runner.tick(lease);

    var after = await(rows.find("default", key)).orElseThrow();
    assertThat(after.attempts()).isEqualTo(before.attempts() + 1);
    assertThat(after.queued()).isEqualTo(1);
    assertThat(after.firstPosition()).isNotNull();
    assertThat(await(rows.find("another tenant", key))).isEmpty();
  }

  @Test
  void trap_25_a_timer_waits_until_the_replies_that_came_before_it_are_heard() {
    database.query(
        "INSERT INTO saga_timer VALUES ('"
            + SAGA
            + "', 'a-timer', now() - interval '1 min', 0, 0, 'fulfillment')");
    append(ORDER, Samples.ORDER_PLACED);
    SagaTimers timers =
        new SagaTimers(database.pool, new SagaRegistry(kinds, store), store, Clock.systemUTC());
    long head = await(store.head());

    assertThat(timers.ready(head - 1)).isEmpty();
    assertThat(timers.ready(head)).extracting(SagaTimers.Due::timer).containsExactly("a-timer");
  }

  @Test
  void trap_11_a_timer_that_was_heard_is_gone_and_is_not_heard_twice() {
    append(ORDER, Samples.ORDER_PLACED);
    hearAll();
    int before = saga().size();

    startTimer();
    tickUntilTimersAreGone();
    int after = saga().size();
    assertThat(after).isGreaterThan(before);

    // A crash between the append and the deletion leaves the row.
    startTimer();
    startRunner();
    tickUntilTimersAreGone();
    assertThat(saga()).hasSize(after);
  }

  @Test
  void a_second_kind_of_saga_runs_beside_the_first_about_the_same_order() {
    runBothKinds();
    append(ORDER, Samples.ORDER_PLACED);
    hearAll();
    assertThat(saga()).isNotEmpty();
    assertThat(thanks()).endsWith("saga-started.v1", "saga-step-requested.v1");

    append(ORDER, new OrderEvent.OrderConfirmed(Samples.ORDER, Samples.AT));
    hearAll();
    assertThat(thanks()).endsWith("saga-step-completed.v1", "saga-completed.v1");
  }

  @Test
  void a_timer_is_heard_by_the_saga_of_its_kind_only() {
    runBothKinds();
    append(ORDER, Samples.ORDER_PLACED);
    hearAll();
    int before = saga().size();

    database.query(
        "INSERT INTO saga_timer VALUES ('"
            + SAGA
            + "', 'saga:deadline', '2026-01-01T00:00:00Z', 0, 0, 'thanks')");
    tickUntilTimersAreGone();

    assertThat(thanks()).endsWith("saga-compensated.v1");
    assertThat(saga()).hasSize(before);
  }

  @Test
  void trap_1_each_kind_hears_what_its_own_state_waits_for_when_stock_and_money_come_back() {
    kinds = List.of(fulfillment, returns);
    startRunner();
    deliver();
    hearAll();
    List<RecordedEvent> fulfilled = saga();
    assertThat(fulfilled).last().matches(event -> event.type().equals("saga-completed.v1"));
    assertThat(returned()).isEmpty();

    append(ORDER, Samples.RETURN_REQUESTED);
    append(StreamId.of("shipment", SAGA), new ReturnedGoodsReceived(Samples.ORDER, Samples.AT));
    hearAll();
    for (OrderLine line : Samples.ORDER_PLACED.lines()) {
      append(stockOf(line), new StockReturned(line.productId(), Samples.ORDER, 1, Samples.AT));
      hearAll();
    }
    append(
        StreamId.of("payment", SAGA),
        new PaymentRefunded(Samples.ORDER, Samples.TOTAL, Samples.AT));
    hearAll();
    append(ORDER, new OrderReturned(Samples.ORDER, Samples.AT));
    hearAll();

    assertThat(returned()).endsWith("saga-step-completed.v1", "saga-completed.v1");
    assertThat(saga()).isEqualTo(fulfilled);
  }

  @Test
  void trap_23_a_return_whose_runner_dies_after_every_event_is_decided_once() {
    kinds = List.of(fulfillment, returns);
    deliver();
    append(ORDER, Samples.RETURN_REQUESTED);
    append(StreamId.of("shipment", SAGA), new ReturnedGoodsReceived(Samples.ORDER, Samples.AT));
    for (OrderLine line : Samples.ORDER_PLACED.lines()) {
      append(stockOf(line), new StockReturned(line.productId(), Samples.ORDER, 1, Samples.AT));
    }
    append(
        StreamId.of("payment", SAGA),
        new PaymentRefunded(Samples.ORDER, Samples.TOTAL, Samples.AT));
    append(ORDER, new OrderReturned(Samples.ORDER, Samples.AT));
    startRunner();
    hearAll();
    List<String> once = returned();
    assertThat(once).endsWith("saga-completed.v1");

    for (int i = 0; i < 3; i++) {
      database.query("UPDATE log_consumer SET checkpoint = -1");
      startRunner();
      hearAll();
    }
    assertThat(returned()).isEqualTo(once);
  }

  /// An order as its fulfillment heard of it.
  private void deliver() {
    append(ORDER, Samples.ORDER_PLACED);
    for (OrderLine line : Samples.ORDER_PLACED.lines()) {
      append(
          stockOf(line),
          new StockEvent.StockReserved(
              line.productId(), Samples.ORDER, 1, Samples.AT.plusSeconds(900), Samples.AT));
    }
    append(StreamId.of("payment", SAGA), Samples.PAYMENT_EVENTS.get(1));
    append(StreamId.of("shipment", SAGA), Samples.SHIPMENT_EVENTS.getFirst());
    for (OrderLine line : Samples.ORDER_PLACED.lines()) {
      append(stockOf(line), new StockCommitted(line.productId(), Samples.ORDER, 1, Samples.AT));
    }
    append(ORDER, new OrderConfirmed(Samples.ORDER, Samples.AT));
  }

  private static StreamId stockOf(OrderLine line) {
    return StreamId.of("stock", line.productId().toString());
  }

  private List<String> returned() {
    return await(store.read(StreamId.of("return", SAGA), 0)).stream()
        .map(RecordedEvent::type)
        .toList();
  }

  @Test
  void what_cannot_be_read_parks_a_saga_of_every_kind_that_would_have_heard_it() {
    runBothKinds();
    appendRaw(ORDER, "order-placed.v1", "{\"no\":\"order\"}");
    hearAll();
    assertThat(database.number("SELECT count(*) FROM saga_parked WHERE category = 'thanks'"))
        .isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM saga_parked")).isEqualTo(2);
  }

  @Test
  void two_kinds_with_one_name_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SagaRegistry(List.of(fulfillment, fulfillment), store));
  }

  private void runBothKinds() {
    kinds = List.of(fulfillment, new ThankYouSaga());
    startRunner();
  }

  private List<String> thanks() {
    return await(store.read(StreamId.of("thanks", SAGA), 0)).stream()
        .map(RecordedEvent::type)
        .toList();
  }

  private void tickUntilTimersAreGone() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              hearAll();
              lease = runner.tick(lease);
              return database.number("SELECT count(*) FROM saga_timer");
            },
            left -> left == 0);
  }

  private static void startTimer() {
    database.query(
        "INSERT INTO saga_timer VALUES ('"
            + SAGA
            + "', 'step:reserve-inventory:FORWARD:1', '2026-01-01T00:00:00Z', 0, 0,"
            + " 'fulfillment')");
  }

  private static StockEvent reserved(int line) {
    var placed = Samples.ORDER_PLACED.lines().get(line);
    return new StockEvent.StockReserved(
        placed.productId(), Samples.ORDER, 1, Samples.AT.plusSeconds(900), Samples.AT);
  }

  private void hearAll() {
    List<RecordedEvent> events = await(store.read(lease.checkpoint(), 1_000));
    lease = runner.handle(new LogBatch(events, await(store.head())), lease);
  }

  private List<RecordedEvent> saga() {
    return await(store.read(StreamId.of("fulfillment", SAGA), 0));
  }

  private void append(StreamId stream, Object event) {
    appendRaw(
        stream,
        codec.typeOf(event),
        new String(await(codec.encode("default", event)), StandardCharsets.UTF_8));
  }

  private void appendRaw(StreamId stream, String type, String json) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "", "user-1", "default", SAGA, null, null);
    long revision = await(store.read(stream, 0)).size() + EventStore.NO_STREAM;
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    await(store.append(stream, revision, List.of(new NewEvent(id, type, data, metadata))));
  }

  private static final class OneKey implements PersonKeys {
    @Override
    public Uni<Optional<byte[]>> find(String tenant, String person) {
      return Uni.createFrom().item(Optional.of(new byte[32]));
    }

    @Override
    public Uni<byte[]> obtain(String tenant, String person) {
      return Uni.createFrom().item(new byte[32]);
    }
  }
}
