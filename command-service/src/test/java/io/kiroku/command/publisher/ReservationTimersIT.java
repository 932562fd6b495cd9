package io.kiroku.command.publisher;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.reservation.ReservationExpiry;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// From the reservation's row to its expiry, on a real PostgreSQL and the store in memory.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReservationTimersIT {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant PAST = NOW.minus(Duration.ofHours(1));
  private static final Instant LONG_PAST = PAST.minus(Duration.ofMinutes(15));
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final String EXPIRED = "stock-reservation-expired.v1";
  private static final TestDatabase database = TestDatabase.start();

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final CommandHandler<StockCommand, Stock, StockEvent> stocks = handler();
  private final ReservationExpiry expiry = expiry();
  private final ProductId product = new ProductId(UUID.randomUUID());
  private final OrderId order = new OrderId(UUID.randomUUID());
  private long published = -1;

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void fresh() {
    database.query("TRUNCATE reservation_timer");
    handle(new ReceiveStock(product, 10, true, LONG_PAST));
  }

  @Test
  void a_reservation_has_a_timer_until_it_is_settled() {
    reserve(order, LATER);
    publish();
    assertThat(timers()).isEqualTo(1);
    handle(new CommitStock(product, order, NOW));
    publish();
    assertThat(timers()).isZero();

    OrderId released = new OrderId(UUID.randomUUID());
    reserve(released, LATER);
    handle(new ReleaseStock(product, released, NOW));
    publish();
    assertThat(timers()).isZero();
  }

  @Test
  void trap_11_a_reservation_whose_time_was_over_long_ago_expires_late_and_is_not_lost() {
    reserve(order, PAST);
    publish();
    fireUntil(() -> timers() == 0);

    assertThat(types(product)).endsWith("stock-reserved.v1", EXPIRED);
    assertThat(available(product)).isEqualTo(10);
    publish();
    assertThat(timers()).isZero();
  }

  @Test
  void a_reservation_that_has_time_left_stays() {
    OrderId patient = new OrderId(UUID.randomUUID());
    reserve(patient, LATER);
    reserve(order, PAST);
    publish();
    fireUntil(() -> timers() == 1);
    assertThat(available(product)).isEqualTo(9);
  }

  @Test
  void trap_25_a_timer_waits_until_what_came_before_it_is_read() {
    reserve(order, PAST);
    publish();
    long head = await(store.head());
    expiry.tick(head - 1);
    expiry.tick(head - 1);
    assertThat(types(product)).doesNotContain(EXPIRED);
    fireUntil(() -> timers() == 0);
    assertThat(types(product)).contains(EXPIRED);
  }

  @Test
  void trap_25_a_release_that_is_in_the_log_already_beats_the_timer() {
    reserve(order, PAST);
    publish();
    handle(new ReleaseStock(product, order, NOW));
    fireUntil(() -> timers() == 0);
    assertThat(types(product)).endsWith("stock-released.v1").doesNotContain(EXPIRED);
  }

  @Test
  void trap_25_a_commit_that_is_in_the_log_already_beats_the_timer() {
    reserve(order, PAST);
    publish();
    handle(new CommitStock(product, order, NOW));
    fireUntil(() -> timers() == 0);
    assertThat(types(product)).endsWith("stock-committed.v1").doesNotContain(EXPIRED);
  }

  @Test
  void a_kill_between_the_event_and_the_removal_doubles_nothing() {
    reserve(order, PAST);
    publish();
    database.query("CREATE TABLE kept AS SELECT * FROM reservation_timer");
    fireUntil(() -> timers() == 0);
    database.query("INSERT INTO reservation_timer SELECT * FROM kept");
    database.query("DROP TABLE kept");

    ReservationExpiry ofTheNextLeader = expiry();
    fireUntil(ofTheNextLeader, () -> timers() == 0);
    assertThat(types(product)).containsOnlyOnce(EXPIRED);
  }

  @Test
  void two_instances_that_both_believe_to_lead_expire_it_once() {
    for (int i = 0; i < 5; i++) {
      reserve(new OrderId(UUID.randomUUID()), PAST);
    }
    publish();
    ReservationExpiry other = expiry();
    long head = await(store.head());
    expiry.tick(head);
    other.tick(head);
    fireUntil(() -> timers() == 0);
    fireUntil(other, () -> timers() == 0);
    assertThat(types(product)).filteredOn(EXPIRED::equals).hasSize(5);
    assertThat(available(product)).isEqualTo(10);
  }

  @Test
  void one_that_cannot_expire_waits_and_lets_the_others_pass() {
    ProductId unreadable = new ProductId(UUID.randomUUID());
    reserve(order, PAST);
    publish();
    database.query(
        "INSERT INTO reservation_timer SELECT '"
            + unreadable
            + "', order_id, due_at, try_at - interval '1 day', 0, NULL, tenant, correlation_id,"
            + " event_id, position, partition FROM reservation_timer");
    appendUnknown(StreamId.of("stock", unreadable.toString()));

    fireUntil(() -> timers() == 1);
    assertThat(types(product)).contains(EXPIRED);
    assertThat(
            database.number(
                "SELECT count(*) FROM reservation_timer WHERE attempts = 1 AND try_at > due_at +"
                    + " interval '1 h' AND error LIKE '%stock-from-the-future%'"))
        .isEqualTo(1);
  }

  @Test
  void an_expiry_by_hand_removes_the_timer_too() {
    reserve(order, PAST);
    publish();
    handle(new ExpireReservation(product, order, NOW));
    publish();
    assertThat(timers()).isZero();
  }

  private void reserve(OrderId of, Instant until) {
    handle(new ReserveStock(product, of, 1, until, LONG_PAST));
  }

  private void handle(StockCommand command) {
    UUID id = UUID.randomUUID();
    var context = new CommandContext(id, "", "test", "default", id, id, null, null, null);
    var _ = await(stocks.handle(StreamId.of("stock", product.toString()), command, context));
  }

  /// As the publisher does with a batch.
  private void publish() {
    List<RecordedEvent> events = await(store.read(published, 1_000));
    Publication publication = new Publication(new OrderRevisions(database.pool));
    await(StoredEvents.reader().decodeAll(events)).forEach(publication::add);
    await(
        database.pool.withTransaction(transaction -> {
          List<Uni<Void>> writes = publication.rowWrites(transaction);
          return writes.isEmpty()
              ? Uni.createFrom().voidItem()
              : Uni.combine().all().unis(writes).discardItems();
        }));
    published = await(store.head());
  }

  private void fireUntil(BooleanSupplier done) {
    fireUntil(expiry, done);
  }

  private void fireUntil(ReservationExpiry firing, BooleanSupplier done) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          firing.tick(await(store.head()));
          return done.getAsBoolean();
        });
  }

  private static long timers() {
    return database.number("SELECT count(*) FROM reservation_timer");
  }

  private List<String> types(ProductId of) {
    return await(store.read(StreamId.of("stock", of.toString()), 0)).stream()
        .map(RecordedEvent::type)
        .toList();
  }

  private long available(ProductId of) {
    return await(stocks.load(StreamId.of("stock", of.toString()))).state().available();
  }

  private void appendUnknown(StreamId stream) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "", "test", "default", null, null, null);
    byte[] data = "{}".getBytes(StandardCharsets.UTF_8);
    var event = new NewEvent(id, "stock-from-the-future.v1", data, metadata);
    await(store.append(stream, -1, List.of(event)));
  }

  private ReservationExpiry expiry() {
    return new ReservationExpiry(database.pool, handler(), store, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /// With a memory of its own, as each instance has.
  private CommandHandler<StockCommand, Stock, StockEvent> handler() {
    return new CommandHandler<>(
        new StockDecider(),
        StoredEvents.codec(PersonKeys.NONE),
        store,
        Snapshots.none(Stock.class),
        OlderCommands.scanning(store),
        HandlerLimits.DEFAULT);
  }
}
