package io.kiroku.command.sagaadmin;

import io.kiroku.command.saga.SagaKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What sagas wait for, as the publisher stored it.
@Singleton
class DueTimers {
  private static final String FIND =
      "SELECT timer, due_at FROM saga_timer WHERE category = $1 AND saga_id = $2 ORDER BY due_at";

  private final Pool pool;

  DueTimers(Pool pool) {
    this.pool = pool;
  }

  record Due(String timer, Instant at) {}

  /// The earliest first.
  Uni<List<Due>> of(SagaKey saga) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(saga.category(), saga.id()))
        .map(rows -> {
          List<Due> due = new ArrayList<>();
          rows.forEach(
              row -> due.add(new Due(row.getString(0), row.getOffsetDateTime(1).toInstant())));
          return due;
        });
  }
}
