package io.kiroku.command.outbox;

import io.kiroku.command.outbox.OutboxCondition.Slot;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks at outbox and slot now and then; any instance may. While PostgreSQL cannot be asked, the
/// last answer stands.
@ApplicationScoped
public class OutboxWatch {
  private static final Logger LOG = Logger.getLogger(OutboxWatch.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(10);
  // A slot whose WAL is gone is still listed:
  // https://www.postgresql.org/docs/current/view-pg-replication-slots.html
  private static final String CONDITION =
      "SELECT s.slot_name IS NOT NULL AND s.confirmed_flush_lsn IS NOT NULL, s.wal_status, s.active,"
          + " (pg_current_wal_lsn() - s.confirmed_flush_lsn)::bigint, o.rows, o.oldest_millis"
          + " FROM (SELECT count(*) AS rows, coalesce(extract(epoch FROM now() - min(created_at))"
          + " * 1000, 0)::bigint AS oldest_millis FROM outbox) o"
          + " LEFT JOIN pg_replication_slots s ON s.slot_name = $1";

  private final Pool pool;
  private final OutboxConfig config;
  private volatile @Nullable OutboxCondition last;

  OutboxWatch(Pool pool, OutboxConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /// Empty before the first look.
  public Optional<OutboxCondition> last() {
    return Optional.ofNullable(last);
  }

  /// Runs until the thread is interrupted.
  public void lookForEver() {
    try {
      while (true) {
        lookNow();
        Thread.sleep(config.measureEvery());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookNow() {
    try {
      last = look().await().atMost(ANSWER_MOST);
    } catch (RuntimeException unreachable) {
      LOG.debugf("outbox not looked at: %s", unreachable);
    }
  }

  Uni<OutboxCondition> look() {
    return pool.preparedQuery(CONDITION)
        .execute(Tuple.of(config.slot()))
        .map(rows -> condition(rows.iterator().next()));
  }

  private static OutboxCondition condition(Row row) {
    return new OutboxCondition(slot(row), row.getLong(4), Duration.ofMillis(row.getLong(5)));
  }

  private static Slot slot(Row row) {
    if (!row.getBoolean(0)) {
      return new Slot.Lost("missing");
    }
    return "lost".equals(row.getString(1))
        ? new Slot.Lost("its WAL is gone")
        : new Slot.Held(Math.max(0, row.getLong(3)), row.getBoolean(2));
  }
}
