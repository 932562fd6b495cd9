package io.kiroku.command.logconsumer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;

/// Leases on the rows of `log_consumer`. All times are the database's, so that clocks of instances
/// do not matter; no session locks, so that connection poolers do not either.
public final class Leases {
  // lease_until is compared in the statement that takes it: of two takers one finds no row.
  private static final String ACQUIRE =
      "UPDATE log_consumer SET epoch = epoch + 1, owner = $2, lease_until = now() + $3 * interval '1 ms'"
          + " WHERE consumer = $1 AND lease_until < now() RETURNING epoch, checkpoint";
  private static final String ADVANCE =
      "UPDATE log_consumer SET checkpoint = $4, lease_until = now() + $5 * interval '1 ms'"
          + " WHERE consumer = $1 AND epoch = $2 AND checkpoint = $3"
          + " RETURNING set_config('idle_in_transaction_session_timeout', $6, true)";
  private static final String RELEASE =
      "UPDATE log_consumer SET owner = NULL, lease_until = '-infinity' WHERE consumer = $1 AND epoch = $2";

  private final Pool pool;
  private final String owner;
  private final long durationMillis;

  /// @param owner a name for people; the epoch is what counts
  public Leases(Pool pool, String owner, Duration duration) {
    this.pool = pool;
    this.owner = owner;
    this.durationMillis = duration.toMillis();
  }

  /// Empty while somebody else's lease is running.
  public Uni<Optional<Lease>> acquire(String consumer) {
    return pool.preparedQuery(ACQUIRE)
        .execute(Tuple.of(consumer, owner, durationMillis))
        .map(rows -> first(rows).map(row -> new Lease(consumer, row.getLong(0), row.getLong(1))));
  }

  /// Moves the checkpoint and renews the lease inside the caller's transaction. Fails with
  /// [LeaseLost] if the lease is not ours any more: the caller rolls back and steps down.
  ///
  /// The row is locked until the transaction ends. Should the caller stand still meanwhile, the
  /// database ends it when the lease is over, or nobody could take over.
  public Uni<Lease> advance(SqlClient transaction, Lease lease, long checkpoint) {
    return transaction
        .preparedQuery(ADVANCE)
        .execute(
            Tuple.of(
                lease.consumer(),
                lease.epoch(),
                lease.checkpoint(),
                checkpoint,
                durationMillis,
                durationMillis + "ms"))
        .map(rows -> {
          if (rows.rowCount() != 1) {
            throw new LeaseLost(lease);
          }
          return lease.at(checkpoint);
        });
  }

  /// As [#advance(SqlClient, Lease, long)], on its own.
  public Uni<Lease> advance(Lease lease, long checkpoint) {
    return advance(pool, lease, checkpoint);
  }

  /// Lets the next one take over at once.
  public Uni<Void> release(Lease lease) {
    return pool.preparedQuery(RELEASE)
        .execute(Tuple.of(lease.consumer(), lease.epoch()))
        .replaceWithVoid();
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    var row = rows.iterator();
    return row.hasNext() ? Optional.of(row.next()) : Optional.empty();
  }
}
