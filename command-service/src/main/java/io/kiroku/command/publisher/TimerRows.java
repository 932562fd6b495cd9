package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.Effect;
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
      "INSERT INTO saga_timer (saga_id, timer, due_at, position, partition) SELECT * FROM unnest("
          + "$1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::smallint[])"
          + " ON CONFLICT (saga_id, timer)"
          + " DO UPDATE SET due_at = excluded.due_at, position = excluded.position";
  private static final String CANCEL =
      "DELETE FROM saga_timer t USING unnest($1::text[], $2::text[]) AS u (saga_id, timer)"
          + " WHERE t.saga_id = u.saga_id AND t.timer = u.timer";
  private static final String CANCEL_ALL = "DELETE FROM saga_timer WHERE saga_id = ANY ($1)";

  private record Key(String sagaId, String timer) {}

  private record Due(Instant at, long position) {}

  private final Map<Key, Due> started = new LinkedHashMap<>();
  private final Set<Key> cancelled = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();

  void start(String sagaId, Effect.StartTimer<FulfillmentCommand> effect, long position) {
    started.put(new Key(sagaId, effect.timer()), new Due(effect.dueAt(), position));
  }

  void cancel(String sagaId, Effect.CancelTimer<FulfillmentCommand> effect) {
    Key key = new Key(sagaId, effect.timer());
    started.remove(key);
    cancelled.add(key);
  }

  void cancelAll(String sagaId) {
    started.keySet().removeIf(key -> key.sagaId().equals(sagaId));
    ended.add(sagaId);
  }

  /// In this order: what was started after a cancellation stays.
  List<Uni<Void>> writes(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(3);
    if (!ended.isEmpty()) {
      Tuple sagas = Tuple.from(List.of((Object) ended.toArray(String[]::new)));
      writes.add(transaction.preparedQuery(CANCEL_ALL).execute(sagas).replaceWithVoid());
    }
    cancelled.removeIf(key -> ended.contains(key.sagaId()) || started.containsKey(key));
    if (!cancelled.isEmpty()) {
      Tuple keys =
          Tuple.of(
              cancelled.stream().map(Key::sagaId).toArray(String[]::new),
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
        started.keySet().stream().map(Key::sagaId).toArray(String[]::new),
        started.keySet().stream().map(Key::timer).toArray(String[]::new),
        started.values().stream()
            .map(due -> due.at().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        started.values().stream().map(Due::position).toArray(Long[]::new),
        started.keySet().stream().map(key -> Partition.of(key.sagaId())).toArray(Short[]::new));
  }
}
