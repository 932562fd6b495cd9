package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.command.saga.SagaKey;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.SagaEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a batch changes in the index of sagas: one row a saga, however many events it had.
final class SagaRows {
  private static final String INSERT =
      "INSERT INTO saga_row (category, saga_id, saga, tenant, status, step, attempt, code, started_at,"
          + " updated_at, revision, position, partition)"
          + " SELECT u.category, u.saga_id, u.saga, u.tenant, 'RUNNING', '', 0, '', u.at, u.at, 0, u.position,"
          + " u.partition FROM unnest($1::text[], $2::text[], $3::text[], $4::text[],"
          + " $5::timestamptz[], $6::bigint[], $7::smallint[])"
          + " AS u (category, saga_id, saga, tenant, at, position, partition)"
          + " ON CONFLICT (category, saga_id) DO NOTHING";
  private static final String UPDATE =
      "UPDATE saga_row r SET status = coalesce(u.status, r.status), step = coalesce(u.step, r.step),"
          + " attempt = coalesce(u.attempt, r.attempt), code = coalesce(u.code, r.code),"
          + " updated_at = u.at, revision = u.revision, position = u.position"
          + " FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[],"
          + " $7::timestamptz[], $8::bigint[], $9::bigint[])"
          + " AS u (category, saga_id, status, step, attempt, code, at, revision, position)"
          + " WHERE r.category = u.category AND r.saga_id = u.saga_id AND r.revision < u.revision";

  private record Started(SagaKey saga, SagaEvent.SagaStarted<?> event, RecordedEvent envelope) {}

  private final List<Started> started = new ArrayList<>();
  private final Map<SagaKey, SagaChange> changes = new LinkedHashMap<>();
  private final Map<SagaKey, RecordedEvent> latest = new LinkedHashMap<>();

  void add(SagaFact<?> fact) {
    SagaKey saga = new SagaKey(fact.kind().category(), fact.event().sagaId());
    if (fact.event() instanceof SagaEvent.SagaStarted<?> start) {
      started.add(new Started(saga, start, fact.envelope()));
      return;
    }
    changes.merge(saga, SagaChange.by(fact.event()), SagaChange::then);
    latest.put(saga, fact.envelope());
  }

  List<Uni<Void>> writes(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(2);
    if (!started.isEmpty()) {
      writes.add(transaction.preparedQuery(INSERT).execute(startedColumns()).replaceWithVoid());
    }
    if (!changes.isEmpty()) {
      writes.add(transaction.preparedQuery(UPDATE).execute(changeColumns()).replaceWithVoid());
    }
    return writes;
  }

  private Tuple startedColumns() {
    return Tuple.from(
        List.of(
            column(started, row -> row.saga().category(), new String[0]),
            column(started, row -> row.saga().id(), new String[0]),
            column(started, row -> row.event().saga(), new String[0]),
            column(started, row -> row.envelope().metadata().tenant(), new String[0]),
            column(started, row -> at(row.event()), new OffsetDateTime[0]),
            column(started, row -> row.envelope().position(), new Long[0]),
            column(started, row -> Partition.of(row.saga().id()), new Short[0])));
  }

  private Tuple changeColumns() {
    Collection<SagaChange> rows = changes.values();
    return Tuple.from(
        List.of(
            column(changes.keySet(), SagaKey::category, new String[0]),
            column(changes.keySet(), SagaKey::id, new String[0]),
            rows.stream().map(SagaChange::status).toArray(String[]::new),
            rows.stream().map(SagaChange::step).toArray(String[]::new),
            rows.stream().map(SagaChange::attempt).toArray(Integer[]::new),
            rows.stream().map(SagaChange::code).toArray(String[]::new),
            rows.stream()
                .map(row -> row.at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new),
            column(latest.values(), RecordedEvent::revision, new Long[0]),
            column(latest.values(), RecordedEvent::position, new Long[0])));
  }

  private static OffsetDateTime at(SagaEvent<?> event) {
    return event.at().atOffset(ZoneOffset.UTC);
  }

  private static <R, V> V[] column(Collection<R> rows, Function<R, V> value, V[] none) {
    List<V> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(value.apply(row)));
    return values.toArray(none);
  }
}
