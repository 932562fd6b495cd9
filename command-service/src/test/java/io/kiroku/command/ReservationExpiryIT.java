package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockEvent;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Reservations that nobody comes for, between real parts.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class ReservationExpiryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String EXPIRED = "stock-reservation-expired.v1";

  @Inject Pool pool;
  @Inject EventStore store;
  @Inject CommandHandler<StockCommand, Stock, StockEvent> stocks;

  Shop shop;

  @Test
  void a_reservation_without_an_order_that_goes_on_expires_by_itself() {
    String product = shop.product(10);
    reserve(product, Instant.now().plusSeconds(2));
    awaitOver(product);
    assertThat(types(product)).containsOnlyOnce(EXPIRED);
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(11);
  }

  @Test
  void trap_11_what_is_due_while_nobody_leads_expires_late_and_once() {
    String product = shop.product(10);
    // Somebody else leads, and does nothing, until his lease runs out.
    sql(
        "UPDATE log_consumer SET epoch = epoch + 1, lease_until = now() + interval '6 s'"
            + " WHERE consumer = 'saga-runner'");
    Instant due = Instant.now().plusSeconds(2);
    reserve(product, due);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(due.plusSeconds(1)));
    assertThat(types(product)).doesNotContain(EXPIRED);

    awaitOver(product);
    assertThat(types(product)).containsOnlyOnce(EXPIRED);
  }

  private void reserve(String product, Instant until) {
    UUID id = UUID.randomUUID();
    var command =
        new ReserveStock(
            ProductId.of(product), new OrderId(UUID.randomUUID()), 3, until, Instant.now());
    var context = new CommandContext(id, "", "test", "default", id, id, null, null, null);
    var _ = stocks.handle(stream(product), command, context).await().atMost(PATIENCE);
    assertThat(types(product)).endsWith("stock-reserved.v1");
  }

  private void awaitOver(String product) {
    await().atMost(PATIENCE).until(() -> types(product).contains(EXPIRED));
    await()
        .atMost(PATIENCE)
        .until(() ->
            !sql("SELECT 1 FROM reservation_timer WHERE product_id = '" + product + "'")
                .iterator()
                .hasNext());
  }

  private io.vertx.mutiny.sqlclient.RowSet<io.vertx.mutiny.sqlclient.Row> sql(String statement) {
    return pool.query(statement).execute().await().atMost(PATIENCE);
  }

  private List<String> types(String product) {
    return store.read(stream(product), 0).await().atMost(PATIENCE).stream()
        .map(RecordedEvent::type)
        .toList();
  }

  private static StreamId stream(String product) {
    return StreamId.of("stock", product);
  }
}
