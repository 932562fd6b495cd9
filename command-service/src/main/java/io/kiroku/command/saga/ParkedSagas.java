package io.kiroku.command.saga;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.command.logconsumer.RetrySchedule;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sagas that could not be decided, and the triggers that wait for them, in PostgreSQL.
final class ParkedSagas {
  private static final String PARK =
      "INSERT INTO saga_parked (category, saga_id, error, attempts, retry_at, partition)"
          + " VALUES ($1, $2, $3, 1, now() + $4 * interval '1 ms', $5)"
          + " ON CONFLICT (category, saga_id)"
          + " DO UPDATE SET error = excluded.error";
  private static final String QUEUE =
      "INSERT INTO saga_inbox (category, saga_id, position, stream, revision)"
          + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
  private static final String DUE =
      "SELECT category, saga_id, attempts FROM saga_parked WHERE retry_at <= now()"
          + " ORDER BY retry_at LIMIT 50";
  private static final String INBOX =
      "SELECT stream, revision, position FROM saga_inbox WHERE category = $1 AND saga_id = $2"
          + " ORDER BY position";
  private static final String POSTPONE =
      "UPDATE saga_parked SET error = $3, attempts = attempts + 1,"
          + " retry_at = now() + $4 * interval '1 ms' WHERE category = $1 AND saga_id = $2";

  private final Pool pool;

  ParkedSagas(Pool pool) {
    this.pool = pool;
  }

  record Due(SagaKey saga, int attempts) {}

  /// Where a waiting trigger is in the log.
  record Waiting(StreamId stream, long revision, long position) {}

  Uni<List<SagaKey>> all() {
    return pool.query("SELECT category, saga_id FROM saga_parked")
        .execute()
        .map(rows -> {
          List<SagaKey> keys = new ArrayList<>();
          rows.forEach(row -> keys.add(key(row)));
          return keys;
        });
  }

  /// @param trigger what it could not answer; null for a timer, whose row stays and fires again
  Uni<Void> park(
      SqlClient transaction, SagaKey saga, String error, @Nullable RecordedEvent trigger) {
    Tuple row =
        Tuple.of(
            saga.category(),
            saga.id(),
            error,
            RetrySchedule.after(0).toMillis(),
            Partition.of(saga.id()));
    Uni<Void> parked = transaction.preparedQuery(PARK).execute(row).replaceWithVoid();
    return trigger == null ? parked : parked.flatMap(_ -> queue(transaction, saga, trigger));
  }

  Uni<Void> queue(SqlClient transaction, SagaKey saga, RecordedEvent trigger) {
    return transaction
        .preparedQuery(QUEUE)
        .execute(
            Tuple.of(
                saga.category(),
                saga.id(),
                trigger.position(),
                trigger.stream().value(),
                trigger.revision()))
        .replaceWithVoid();
  }

  /// Those whose time for another try has come.
  Uni<List<Due>> due() {
    return pool.query(DUE)
        .execute()
        .map(rows -> {
          List<Due> due = new ArrayList<>();
          rows.forEach(row -> due.add(new Due(key(row), row.getInteger(2))));
          return due;
        });
  }

  /// What a saga has not heard, in the order of the log.
  Uni<List<Waiting>> waiting(SagaKey saga) {
    return pool.preparedQuery(INBOX)
        .execute(tuple(saga))
        .map(rows -> {
          List<Waiting> waiting = new ArrayList<>();
          rows.forEach(row ->
              waiting.add(
                  new Waiting(new StreamId(row.getString(0)), row.getLong(1), row.getLong(2))));
          return waiting;
        });
  }

  Uni<Void> postpone(Due due, String error) {
    Duration wait = RetrySchedule.after(due.attempts());
    return pool.preparedQuery(POSTPONE)
        .execute(Tuple.of(due.saga().category(), due.saga().id(), error, wait.toMillis()))
        .replaceWithVoid();
  }

  /// The saga has heard everything.
  Uni<Void> unpark(SagaKey saga) {
    return pool.withTransaction(transaction ->
        transaction
            .preparedQuery("DELETE FROM saga_inbox WHERE category = $1 AND saga_id = $2")
            .execute(tuple(saga))
            .flatMap(_ ->
                transaction
                    .preparedQuery("DELETE FROM saga_parked WHERE category = $1 AND saga_id = $2")
                    .execute(tuple(saga)))
            .replaceWithVoid());
  }

  private static Tuple tuple(SagaKey saga) {
    return Tuple.of(saga.category(), saga.id());
  }

  private static SagaKey key(Row row) {
    return new SagaKey(row.getString(0), row.getString(1));
  }
}
