package io.kiroku.command.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/// Deletes what Debezium has certainly read. A row does not know its place in the WAL, so the
/// leader writes marks after its commits: all rows up to a log position were committed before a
/// place in the WAL. Once the slot has confirmed that place, they have gone to Kafka. Rows that are
/// sent again have positions of long ago, so they have numbers and marks of their own, which
/// anybody may write.
public final class OutboxCleaning {
  // The insert position is taken after the commit of everything up to the checkpoint.
  private static final String MARK =
      "INSERT INTO outbox_mark (log_position, lsn) VALUES ($1, pg_current_wal_insert_lsn())"
          + " ON CONFLICT DO NOTHING";
  private static final String SWEEP =
      "WITH passed AS (SELECT max(m.log_position) AS log_position FROM outbox_mark m"
          + " JOIN pg_replication_slots s ON s.slot_name = $1 AND m.lsn <= s.confirmed_flush_lsn),"
          + " marks AS (DELETE FROM outbox_mark USING passed"
          + " WHERE outbox_mark.log_position <= passed.log_position)"
          + " DELETE FROM outbox USING passed WHERE outbox.log_position <= passed.log_position"
          + " AND outbox.republication IS NULL";
  // The rows are those that were committed when the statement began, the place is a later one.
  private static final String MARK_REPUBLISHED =
      "INSERT INTO outbox_republication_mark (republication, lsn)"
          + " SELECT max(republication), pg_current_wal_insert_lsn() FROM outbox"
          + " WHERE republication IS NOT NULL HAVING max(republication) IS NOT NULL"
          + " ON CONFLICT DO NOTHING";
  private static final String SWEEP_REPUBLISHED =
      "WITH passed AS (SELECT max(m.republication) AS republication FROM outbox_republication_mark m"
          + " JOIN pg_replication_slots s ON s.slot_name = $1 AND m.lsn <= s.confirmed_flush_lsn),"
          + " marks AS (DELETE FROM outbox_republication_mark USING passed"
          + " WHERE outbox_republication_mark.republication <= passed.republication)"
          + " DELETE FROM outbox USING passed WHERE outbox.republication <= passed.republication";

  private final Pool pool;
  private final String slot;

  /// @param slot the connector's replication slot; without one nothing is ever deleted
  public OutboxCleaning(Pool pool, String slot) {
    this.pool = pool;
    this.slot = slot;
  }

  /// To be called by the leader, after the commit that moved its checkpoint here.
  public Uni<Void> mark(long checkpoint) {
    return pool.preparedQuery(MARK).execute(Tuple.of(checkpoint)).replaceWithVoid();
  }

  /// How many rows were deleted.
  public Uni<Integer> sweep() {
    return pool.preparedQuery(SWEEP)
        .execute(Tuple.of(slot))
        .flatMap(rows -> sweepRepublished().map(more -> rows.rowCount() + more));
  }

  /// How many rows of republications were deleted. For anybody, at any time.
  public Uni<Integer> sweepRepublished() {
    return pool.query(MARK_REPUBLISHED)
        .execute()
        .flatMap(_ -> pool.preparedQuery(SWEEP_REPUBLISHED).execute(Tuple.of(slot)))
        .map(rows -> rows.rowCount());
  }
}
