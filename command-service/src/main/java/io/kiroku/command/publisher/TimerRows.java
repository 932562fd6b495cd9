package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.command.saga.SagaKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a batch changes in the sagas' timers: most are started and cancelled within one batch and
/// never reach the table.
final class TimerRows {
  private static final String START =
      "INSERT INTO saga_timer (category, saga_id, timer, due_at, position, partition)"
          + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[],"
          + " $5::bigint[], $6::smallint[]) ON CONFLICT (category, saga_id, timer)"
          + " DO UPDATE SET due_at = excluded.due_at, position = excluded.position";
  private static final String CANCEL =
      "DELETE FROM saga_timer t USING unnest($1::text[], $2::text[], $3::text[])"
          + " AS u (category, saga_id, timer)"
          + " WHERE t.category = u.category AND t.saga_id = u.saga_id AND t.timer = u.timer";
  private static final String CANCEL_ALL =
      "DELETE FROM saga_timer t USING unnest($1::text[], $2::text[]) AS u (category, saga_id)"
          + " WHERE t.category = u.category AND t.saga_id = u.saga_id";

  private record Key(SagaKey saga, String timer) {}

  private record Due(Instant at, long position) {}

  private final Map<Key, Due> started = new LinkedHashMap<>();
  private final Set<Key> cancelled = new LinkedHashSet<>();
  private final Set<SagaKey> ended = new LinkedHashSet<>();

  void start(SagaKey saga, String timer, Instant dueAt, long position) {
    started.put(new Key(saga, timer), new Due(dueAt, position));
  }

  void cancel(SagaKey saga, String timer) {
    Key key = new Key(saga, timer);
    started.remove(key);
    cancelled.add(key);
  }

  void cancelAll(SagaKey saga) {
    started.keySet().removeIf(key -> key.saga().equals(saga));
    ended.add(saga);
  }

  /// In this order: what was started after a cancellation stays.
  List<Uni<Void>> writes(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(3);
    if (!ended.isEmpty()) {
      Tuple sagas =
          Tuple.of(
              ended.stream().map(SagaKey::category).toArray(String[]::new),
              ended.stream().map(SagaKey::id).toArray(String[]::new));
      writes.add(transaction.preparedQuery(CANCEL_ALL).execute(sagas).replaceWithVoid());
    }
    cancelled.removeIf(key -> ended.contains(key.saga()) || started.containsKey(key));
    if (!cancelled.isEmpty()) {
      Tuple keys =
          Tuple.of(
              cancelled.stream().map(key -> key.saga().category()).toArray(String[]::new),
              cancelled.stream().map(key -> key.saga().id()).toArray(String[]::new),
              cancelled.stream().map(Key::timer).toArray(String[]::new));
      writes.add(transaction.preparedQuery(CANCEL).execute(keys).replaceWithVoid());
    }
    if (!started.isEmpty()) {
      writes.add(transaction.preparedQuery(START).execute(startedColumns()).replaceWithVoid());
    }
    return writes;
  }

  private Tuple startedColumns() {
    return Tuple.of(
        started.keySet().stream().map(key -> key.saga().category()).toArray(String[]::new),
        started.keySet().stream().map(key -> key.saga().id()).toArray(String[]::new),
        started.keySet().stream().map(Key::timer).toArray(String[]::new),
        started.values().stream()
            .map(due -> due.at().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        started.values().stream().map(Due::position).toArray(Long[]::new),
        started.keySet().stream().map(key -> Partition.of(key.saga().id())).toArray(Short[]::new));
  }
}
