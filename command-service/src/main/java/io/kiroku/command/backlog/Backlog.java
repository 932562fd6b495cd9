package io.kiroku.command.backlog;

import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.kiroku.eventstore.EventLog;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/// How much is still to be done for what was accepted. Measured now and then; while it cannot be
/// measured, the last figure stands.
@ApplicationScoped
public class Backlog {
  private static final Logger LOG = Logger.getLogger(Backlog.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(10);
  // Of orders only: a return waits for people, and for weeks.
  private static final String OPEN_SAGAS =
      "SELECT count(*) FROM saga_row WHERE category = 'fulfillment'"
          + " AND status IN ('RUNNING', 'COMPENSATING')";

  private final EventLog log;
  private final Pool pool;
  private final BacklogConfig config;
  private final Lag lag = new Lag();
  private volatile Map<String, ConsumerLag> lags = Map.of();
  private volatile long openSagas;

  Backlog(EventLog log, Pool pool, BacklogConfig config) {
    this.log = log;
    this.pool = pool;
    this.config = config;
  }

  /// @param behind for how long there has been something that the consumer has not done
  public record ConsumerLag(long checkpoint, long head, Duration behind) {}

  /// By consumer; empty before the first measurement.
  public Map<String, ConsumerLag> lags() {
    return lags;
  }

  public long openSagas() {
    return openSagas;
  }

  /// Fails with `RESOURCE_EXHAUSTED` and a delay if new orders have to wait.
  public void requireRoom() {
    boolean behind =
        lags.values().stream().anyMatch(one -> one.behind().compareTo(config.lagMost()) > 0);
    if (behind || openSagas > config.openSagasMost()) {
      long seconds = Math.max(1, config.retryAfter().toSeconds());
      throw Errors.of(
          Code.RESOURCE_EXHAUSTED,
          "TOO_MANY_ORDERS_IN_PROGRESS",
          "Too many orders are being carried out; try again in " + seconds + " s.",
          RetryInfo.newBuilder()
              .setRetryDelay(Durations.fromMillis(config.retryAfter().toMillis()))
              .build());
    }
  }

  /// Runs until the thread is interrupted.
  public void measureForEver() {
    try {
      while (true) {
        measure();
        Thread.sleep(config.measureEvery());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() {
    try {
      long head = log.head().await().atMost(ANSWER_MOST);
      lag.sample(System.nanoTime(), head);
      Map<String, Long> checkpoints = checkpoints().await().atMost(ANSWER_MOST);
      lag.forgetUpTo(checkpoints.values().stream().mapToLong(Long::longValue).min().orElse(-1));
      lags = lags(checkpoints, head);
      openSagas = count().await().atMost(ANSWER_MOST);
    } catch (RuntimeException unreachable) {
      LOG.debugf("backlog not measured: %s", unreachable);
    }
  }

  private Map<String, ConsumerLag> lags(Map<String, Long> checkpoints, long head) {
    long now = System.nanoTime();
    Map<String, ConsumerLag> measured = new HashMap<>();
    checkpoints.forEach((consumer, checkpoint) ->
        measured.put(consumer, new ConsumerLag(checkpoint, head, lag.behind(checkpoint, now))));
    return Map.copyOf(measured);
  }

  private Uni<Map<String, Long>> checkpoints() {
    return pool.query("SELECT consumer, checkpoint FROM log_consumer")
        .execute()
        .map(rows -> {
          Map<String, Long> checkpoints = new HashMap<>();
          rows.forEach(row -> checkpoints.put(row.getString(0), row.getLong(1)));
          return checkpoints;
        });
  }

  private Uni<Long> count() {
    return pool.query(OPEN_SAGAS).execute().map(rows -> rows.iterator().next().getLong(0));
  }
}
