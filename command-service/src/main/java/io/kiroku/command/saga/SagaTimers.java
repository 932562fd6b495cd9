package io.kiroku.command.saga;

import io.kiroku.command.logconsumer.TimerGate;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Timers that are due and may be heard.
final class SagaTimers {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);
  private static final String DUE =
      "SELECT t.category, t.saga_id, t.timer, t.due_at FROM saga_timer t WHERE t.due_at <= $1 AND"
          + " NOT EXISTS (SELECT FROM saga_parked p WHERE p.category = t.category AND p.saga_id ="
          + " t.saga_id) ORDER BY t.due_at LIMIT 500";
  // A timer of that name that was started again meanwhile has another time, and stays.
  private static final String DELETE =
      "DELETE FROM saga_timer t USING unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])"
          + " AS u (category, saga_id, timer, due_at) WHERE t.category = u.category AND t.saga_id ="
          + " u.saga_id AND t.timer = u.timer AND t.due_at = u.due_at";

  private final Pool pool;
  private final SagaRegistry sagas;
  private final Clock clock;
  private final TimerGate<Due> gate;

  SagaTimers(Pool pool, SagaRegistry sagas, EventLog log, Clock clock) {
    this.pool = pool;
    this.sagas = sagas;
    this.clock = clock;
    this.gate = new TimerGate<>(this::find, log);
  }

  record Due(SagaKey saga, String timer, OffsetDateTime dueAt) {
    private static final UUID TIMERS = UUID.fromString("6b697230-6b75-5c0d-8e00-000000000002");

    UUID id() {
      String name = saga.toString() + '\n' + timer + '\n' + dueAt.toInstant();
      return UuidV5.of(TIMERS, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  void forget() {
    gate.forget();
  }

  /// As [TimerGate#passed].
  List<Due> ready(long position) {
    return gate.passed(position);
  }

  private List<Due> find() {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(OffsetDateTime.now(clock)))
        .map(rows -> {
          List<Due> due = new ArrayList<>(rows.size());
          rows.forEach(row ->
              due.add(
                  new Due(
                      new SagaKey(row.getString(0), row.getString(1)),
                      row.getString(2),
                      row.getOffsetDateTime(3))));
          return due;
        })
        .await()
        .atMost(ANSWER_MOST);
  }

  /// Empty if nobody here knows that kind of saga: the row stays.
  Optional<Heard<?>> heard(Due due) {
    return sagas.ofCategory(due.saga().category()).map(kind -> heard(kind, due));
  }

  private <C extends StepCommand> Heard<C> heard(SagaDecisions<C> kind, Due due) {
    return new Heard<>(
        kind,
        due.saga().id(),
        new SagaTrigger.TimerFired<>(due.timer(), clock.instant()),
        due.id(),
        null);
  }

  /// They were heard.
  Uni<Void> delete(List<Due> fired) {
    return pool.preparedQuery(DELETE)
        .execute(
            Tuple.of(
                fired.stream().map(due -> due.saga().category()).toArray(String[]::new),
                fired.stream().map(due -> due.saga().id()).toArray(String[]::new),
                fired.stream().map(Due::timer).toArray(String[]::new),
                fired.stream().map(Due::dueAt).toArray(OffsetDateTime[]::new)))
        .replaceWithVoid();
  }
}
