package io.kiroku.command.fulfillment;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.SagaTrigger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Timers that are due and may be heard. A timer waits until everything that was in the log when it
/// was found due has been heard: after an outage, replies that came in time beat their timeouts.
final class SagaTimers {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);
  private static final String DUE =
      "SELECT t.saga_id, t.timer, t.due_at FROM saga_timer t WHERE t.due_at <= $1 AND NOT EXISTS"
          + " (SELECT FROM saga_parked p WHERE p.saga_id = t.saga_id) ORDER BY t.due_at LIMIT 500";
  // A timer of that name that was started again meanwhile has another time, and stays.
  private static final String DELETE =
      "DELETE FROM saga_timer t USING unnest($1::text[], $2::text[], $3::timestamptz[])"
          + " AS u (saga_id, timer, due_at)"
          + " WHERE t.saga_id = u.saga_id AND t.timer = u.timer AND t.due_at = u.due_at";

  private final Pool pool;
  private final EventLog log;
  private final Clock clock;
  private List<Due> found = List.of();
  private long gate;

  SagaTimers(Pool pool, EventLog log, Clock clock) {
    this.pool = pool;
    this.log = log;
    this.clock = clock;
  }

  record Due(String sagaId, String timer, OffsetDateTime dueAt) {
    private static final UUID TIMERS = UUID.fromString("6b697230-6b75-5c0d-8e00-000000000002");

    UUID id() {
      String name = sagaId + '\n' + timer + '\n' + dueAt.toInstant();
      return UuidV5.of(TIMERS, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  void forget() {
    found = List.of();
  }

  /// What may be heard now.
  ///
  /// @param position everything up to here has been heard
  List<Due> ready(long position) {
    if (found.isEmpty()) {
      found = find();
      // Read after they were found due: the head then includes every reply that was in time.
      gate = found.isEmpty() ? gate : log.head().await().atMost(ANSWER_MOST);
    }
    if (found.isEmpty() || position < gate) {
      return List.of();
    }
    List<Due> ready = found;
    found = List.of();
    return ready;
  }

  private List<Due> find() {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(OffsetDateTime.now(clock)))
        .map(rows -> {
          List<Due> due = new ArrayList<>(rows.size());
          rows.forEach(row ->
              due.add(new Due(row.getString(0), row.getString(1), row.getOffsetDateTime(2))));
          return due;
        })
        .await()
        .atMost(ANSWER_MOST);
  }

  Heard heard(Due due) {
    return new Heard(
        due.sagaId(),
        new SagaTrigger.TimerFired<FulfillmentCommand>(due.timer(), clock.instant()),
        due.id(),
        null);
  }

  /// They were heard.
  Uni<Void> delete(List<Due> fired) {
    return pool.preparedQuery(DELETE)
        .execute(
            Tuple.of(
                fired.stream().map(Due::sagaId).toArray(String[]::new),
                fired.stream().map(Due::timer).toArray(String[]::new),
                fired.stream().map(Due::dueAt).toArray(OffsetDateTime[]::new)))
        .replaceWithVoid();
  }
}
