package io.kiroku.command.logconsumer;

import io.kiroku.command.logconsumer.ConsumerState.Failing;
import io.kiroku.command.logconsumer.ConsumerState.Leading;
import io.kiroku.command.logconsumer.ConsumerState.Standby;
import io.kiroku.command.logconsumer.ConsumerState.Stopped;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.PositionBeyondLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs one [LogWork] for as long as this instance holds its lease: one virtual thread that waits,
/// because a loop with pauses, leases and two stores is easiest to be sure of as a loop. Whatever
/// it needs may be away for any time; it tries again by itself.
public final class LogConsumer {
  private static final Logger LOG = Logger.getLogger(LogConsumer.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final LogWork work;
  private final EventLog log;
  private final Leases leases;
  private final LogConsumerConfig config;
  private volatile ConsumerState state = new Standby();
  private volatile boolean stopping;
  private @Nullable Thread thread;
  // Since the last batch that was done. Of the one thread.
  private int failures;

  public LogConsumer(LogWork work, EventLog log, Leases leases, LogConsumerConfig config) {
    this.work = work;
    this.log = log;
    this.leases = leases;
    this.config = config;
  }

  public ConsumerState state() {
    return state;
  }

  public String name() {
    return work.consumer();
  }

  /// To be called once.
  public void start() {
    thread = Thread.ofVirtual().name(work.consumer()).start(this::run);
  }

  /// Finishes the batch at hand, at most for `patience`, and gives the lease back.
  public void stop(Duration patience) throws InterruptedException {
    stopping = true;
    Thread running = thread;
    if (running != null && !running.join(patience)) {
      running.interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      try {
        Optional<Lease> lease = leases.acquire(work.consumer()).await().atMost(ANSWER_MOST);
        if (lease.isEmpty()) {
          state = new Standby();
          pause(config.renewal());
          continue;
        }
        lead(lease.get());
      } catch (PositionBeyondLog beyond) {
        state = new Stopped(work.consumer() + ": " + beyond.getMessage());
        LOG.fatalf(
            "%s stops, was the event store restored? %s", work.consumer(), beyond.getMessage());
        return;
      } catch (LeaseLost lost) {
        state = new Standby();
        LOG.warn(lost.getMessage());
      } catch (RuntimeException failure) {
        failed(failure);
      }
    }
  }

  private void failed(RuntimeException failure) {
    if (stopping) {
      return;
    }
    state = new Failing(failure.toString());
    failures++;
    if (failure instanceof UnreadableEvent) {
      LOG.errorf("%s %s; is an older version of the service running?", work.consumer(), failure);
    } else {
      // The stack of the first failure is enough: a dependency that is away fails the same way.
      LOG.warnf(failures == 1 ? failure : null, "%s: %s; trying again", work.consumer(), failure);
    }
    long factor = 1L << Math.min(failures - 1, 10);
    Duration wait = config.backoffFirst().multipliedBy(factor);
    pause(wait.compareTo(config.backoffMost()) < 0 ? wait : config.backoffMost());
  }

  private void lead(Lease won) {
    LOG.infof("%s: leading in epoch %d from %d", won.consumer(), won.epoch(), won.checkpoint());
    Lease lease = won;
    try (LogCursor cursor = log.open(won.checkpoint(), work.streamPrefixes())) {
      work.begin(won);
      Renewal renewal = new Renewal(leases, config.renewal());
      while (!stopping) {
        state = new Leading(lease);
        CompletableFuture<LogBatch> next = next(cursor);
        LogBatch batch = null;
        while (batch == null && !stopping) {
          lease = renewal.renewed(work.tick(lease));
          batch = poll(next);
        }
        if (batch != null) {
          lease = renewal.seen(work.handle(batch, lease));
          failures = 0;
        }
      }
    } finally {
      release(lease);
    }
  }

  private CompletableFuture<LogBatch> next(LogCursor cursor) {
    return cursor.next(config.batchMost()).subscribeAsCompletionStage();
  }

  /// Null if nothing came within a tick.
  private @Nullable LogBatch poll(CompletableFuture<LogBatch> next) {
    try {
      return next.get(config.tick().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException quiet) {
      return null;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof PositionBeyondLog beyond) {
        throw beyond;
      }
      throw new CompletionException(failure.getCause());
    } catch (InterruptedException interrupted) {
      throw new CompletionException(interrupted);
    }
  }

  private void release(Lease lease) {
    try {
      leases.release(lease).await().atMost(ANSWER_MOST);
    } catch (RuntimeException unreachable) {
      LOG.debugf(unreachable, "%s: the lease runs out by itself", lease.consumer());
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
