package io.kiroku.command.reservation;

import io.kiroku.command.logconsumer.RetrySchedule;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// The reservations' timers, in PostgreSQL: stored and removed by the publisher, looked at here.
final class ReservationTimers {
  private static final String DUE =
      "SELECT product_id, order_id, due_at, attempts, tenant, correlation_id, event_id"
          + " FROM reservation_timer WHERE try_at <= $1 ORDER BY try_at LIMIT $2";
  private static final String REMOVE =
      "DELETE FROM reservation_timer t USING unnest($1::text[], $2::text[])"
          + " AS u (product_id, order_id)"
          + " WHERE t.product_id = u.product_id AND t.order_id = u.order_id";
  private static final String POSTPONE =
      "UPDATE reservation_timer SET try_at = $3, attempts = $4, error = $5"
          + " WHERE product_id = $1 AND order_id = $2";

  private final Pool pool;
  private final Clock clock;

  ReservationTimers(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /// Those that waited longest.
  Uni<List<DueReservation>> due(int most) {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(OffsetDateTime.now(clock), most))
        .map(rows -> {
          List<DueReservation> due = new ArrayList<>(rows.size());
          rows.forEach(row -> due.add(due(row)));
          return due;
        });
  }

  private static DueReservation due(Row row) {
    return new DueReservation(
        ProductId.of(row.getString(0)),
        OrderId.of(row.getString(1)),
        row.getOffsetDateTime(2),
        row.getInteger(3),
        row.getString(4),
        row.getUUID(5),
        row.getUUID(6));
  }

  /// Nothing is kept back for them any more: a reservation never comes a second time.
  Uni<Void> remove(List<DueReservation> over) {
    return pool.preparedQuery(REMOVE)
        .execute(
            Tuple.of(
                over.stream().map(due -> due.product().toString()).toArray(String[]::new),
                over.stream().map(due -> due.order().toString()).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /// It lets the others pass.
  Uni<Void> postpone(DueReservation due, String error) {
    OffsetDateTime next = OffsetDateTime.now(clock).plus(RetrySchedule.after(due.attempts()));
    return pool.preparedQuery(POSTPONE)
        .execute(
            Tuple.of(
                due.product().toString(), due.order().toString(), next, due.attempts() + 1, error))
        .replaceWithVoid();
  }
}
