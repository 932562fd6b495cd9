package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// What a batch changes in the reservations' timers: one from each reservation until the event that
/// settles it.
final class ReservationTimerRows {
  // A reservation never comes a second time: what is there is the same one.
  private static final String START =
      "INSERT INTO reservation_timer (product_id, order_id, due_at, try_at, tenant,"
          + " correlation_id, event_id, position, partition)"
          + " SELECT u.product_id, u.order_id, u.due_at, u.due_at, u.tenant, u.correlation_id,"
          + " u.event_id, u.position, u.partition"
          + " FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::uuid[],"
          + " $6::uuid[], $7::bigint[], $8::smallint[])"
          + " AS u (product_id, order_id, due_at, tenant, correlation_id, event_id, position,"
          + " partition) ON CONFLICT (product_id, order_id) DO NOTHING";
  private static final String SETTLE =
      "DELETE FROM reservation_timer t USING unnest($1::text[], $2::text[])"
          + " AS u (product_id, order_id)"
          + " WHERE t.product_id = u.product_id AND t.order_id = u.order_id";

  private record Key(String product, String order) {}

  private record Reserved(RecordedEvent envelope, StockReserved event) {}

  private final Map<Key, Reserved> started = new LinkedHashMap<>();
  private final Set<Key> settled = new LinkedHashSet<>();

  void add(RecordedEvent envelope, StockEvent event) {
    switch (event) {
      case StockReserved e -> started.put(key(e, e.orderId()), new Reserved(envelope, e));
      case StockEvent.StockReleased e -> settle(key(e, e.orderId()));
      case StockEvent.StockCommitted e -> settle(key(e, e.orderId()));
      case StockEvent.StockReservationExpired e -> settle(key(e, e.orderId()));
      // A return leaves a reservation to its release.
      case StockEvent.StockReturned _ -> {}
      case StockEvent.StockReservationRejected _, StockEvent.StockCommitRejected _ -> {}
      case StockEvent.StockStepRepeated _ -> {}
      case StockEvent.StockReceived _, StockEvent.StockAdjusted _ -> {}
      case StockEvent.StockLow _, StockEvent.StockOut _ -> {}
    }
  }

  private static Key key(StockEvent event, OrderId order) {
    return new Key(event.productId().toString(), order.toString());
  }

  /// Most are settled long before their time; those of one batch never reach the table.
  private void settle(Key key) {
    if (started.remove(key) == null) {
      settled.add(key);
    }
  }

  List<Uni<Void>> writes(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(2);
    if (!settled.isEmpty()) {
      Tuple keys =
          Tuple.of(
              settled.stream().map(Key::product).toArray(String[]::new),
              settled.stream().map(Key::order).toArray(String[]::new));
      writes.add(transaction.preparedQuery(SETTLE).execute(keys).replaceWithVoid());
    }
    if (!started.isEmpty()) {
      writes.add(transaction.preparedQuery(START).execute(startedColumns()).replaceWithVoid());
    }
    return writes;
  }

  private Tuple startedColumns() {
    return Tuple.from(
        List.of(
            started.keySet().stream().map(Key::product).toArray(String[]::new),
            started.keySet().stream().map(Key::order).toArray(String[]::new),
            column(row -> row.event().expiresAt().atOffset(ZoneOffset.UTC), new OffsetDateTime[0]),
            column(row -> row.envelope().metadata().tenant(), new String[0]),
            column(row -> row.envelope().metadata().correlationId(), new UUID[0]),
            column(row -> row.envelope().id(), new UUID[0]),
            column(row -> row.envelope().position(), new Long[0]),
            column(row -> Partition.of(row.event().productId().toString()), new Short[0])));
  }

  private <V> V[] column(Function<Reserved, V> value, V[] none) {
    List<V> values = new ArrayList<>(started.size());
    started.values().forEach(row -> values.add(value.apply(row)));
    return values.toArray(none);
  }
}
