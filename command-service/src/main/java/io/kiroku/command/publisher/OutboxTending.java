package io.kiroku.command.publisher;

import io.kiroku.command.outbox.OutboxCleaning;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Marks and sweeps the outbox now and then, in the leader's own thread: its last commit is then
/// certainly done. A failure waits for the next time.
final class OutboxTending {
  private static final Logger LOG = Logger.getLogger(OutboxTending.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final OutboxCleaning cleaning;
  private final long everyNanos;
  private long lastNanos = System.nanoTime();
  private long marked = -1;

  OutboxTending(OutboxCleaning cleaning, Duration every) {
    this.cleaning = cleaning;
    this.everyNanos = every.toNanos();
  }

  void tick(long checkpoint) {
    if (System.nanoTime() - lastNanos < everyNanos) {
      return;
    }
    lastNanos = System.nanoTime();
    try {
      if (checkpoint != marked) {
        cleaning.mark(checkpoint).await().atMost(ANSWER_MOST);
        marked = checkpoint;
      }
      int deleted = cleaning.sweep().await().atMost(ANSWER_MOST);
      LOG.debugf("outbox: %d rows deleted", deleted);
    } catch (RuntimeException failure) {
      LOG.warnf("outbox: not cleaned: %s", failure);
    }
  }
}
