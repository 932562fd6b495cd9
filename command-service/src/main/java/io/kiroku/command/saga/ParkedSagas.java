package io.kiroku.command.saga;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.command.logconsumer.RetrySchedule;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sagas that could not be decided, and the triggers that wait for them, in PostgreSQL.
public final class ParkedSagas {
  private static final String PARK =
      "INSERT INTO saga_parked (category, saga_id, error, attempts, retry_at, partition, tenant)"
          + " VALUES ($1, $2, $3, 1, now() + $4 * interval '1 ms', $5, coalesce($6, (SELECT tenant"
          + " FROM saga_row WHERE category = $1 AND saga_id = $2), 'default'))"
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

  private static final String SHOWN =
      "SELECT p.category, p.saga_id, p.error, p.attempts, p.parked_at, p.retry_at,"
          + " count(i.position), min(i.position) FROM saga_parked p"
          + " LEFT JOIN saga_inbox i ON i.category = p.category AND i.saga_id = p.saga_id";
  private static final String PAGE =
      SHOWN
          + " WHERE p.tenant = $1 AND (p.parked_at, p.category, p.saga_id) > ($2, $3, $4)"
          + " GROUP BY p.category, p.saga_id ORDER BY p.parked_at, p.category, p.saga_id LIMIT $5";
  private static final String FIND =
      SHOWN
          + " WHERE p.tenant = $1 AND p.category = $2 AND p.saga_id = $3"
          + " GROUP BY p.category, p.saga_id";
  private static final String HURRY =
      "UPDATE saga_parked SET retry_at = least(retry_at, now())"
          + " WHERE tenant = $1 AND category = $2 AND saga_id = $3";

  private final Pool pool;

  ParkedSagas(Pool pool) {
    this.pool = pool;
  }

  record Due(SagaKey saga, int attempts) {}

  /// A parked saga as operators see it.
  ///
  /// @param queued how many triggers wait for it
  /// @param firstPosition of the first of them; null if there is none
  public record Parked(
      SagaKey saga,
      String error,
      int attempts,
      Instant parkedAt,
      Instant retryAt,
      long queued,
      @Nullable Long firstPosition) {}

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
            Partition.of(saga.id()),
            trigger == null ? null : trigger.metadata().tenant());
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

  /// A tenant's, the longest parked first.
  ///
  /// @param afterTime with `after` the last one of the page before
  public Uni<List<Parked>> page(String tenant, Instant afterTime, SagaKey after, int most) {
    return pool.preparedQuery(PAGE)
        .execute(
            Tuple.of(
                tenant, afterTime.atOffset(ZoneOffset.UTC), after.category(), after.id(), most))
        .map(ParkedSagas::shown);
  }

  /// Empty if it is not parked, or another tenant's.
  public Uni<Optional<Parked>> find(String tenant, SagaKey saga) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(tenant, saga.category(), saga.id()))
        .map(rows -> shown(rows).stream().findFirst());
  }

  /// Lets whoever runs the sagas try this one again within seconds.
  public Uni<Void> hurry(String tenant, SagaKey saga) {
    return pool.preparedQuery(HURRY)
        .execute(Tuple.of(tenant, saga.category(), saga.id()))
        .replaceWithVoid();
  }

  private static List<Parked> shown(RowSet<Row> rows) {
    List<Parked> shown = new ArrayList<>();
    rows.forEach(row ->
        shown.add(
            new Parked(
                key(row),
                row.getString(2),
                row.getInteger(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getLong(6),
                row.getLong(7))));
    return shown;
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
