package io.kiroku.command.participant;

import io.kiroku.service.kafka.PacedCommits;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads one topic's commands on a thread of its own. Offsets are committed after the effects of
/// their messages are durable, never before.
final class ParticipantLoop implements Runnable {
  private static final Logger LOG = Logger.getLogger(ParticipantLoop.class);
  private static final Duration POLL_MOST = Duration.ofSeconds(1);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  // How long a batch may take before the group has to hear that we are alive.
  private static final long PATIENCE_SECONDS = 60;

  private final String topic;
  private final MessageHandling handling;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private volatile boolean stopping;
  private volatile @Nullable Consumer<String, byte[]> current;

  ParticipantLoop(
      String topic, MessageHandling handling, Supplier<Consumer<String, byte[]>> consumers) {
    this.topic = topic;
    this.handling = handling;
    this.consumers = consumers;
  }

  void stop() {
    stopping = true;
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    while (!stopping) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        current = consumer;
        consumeAll(consumer);
      } catch (WakeupException | InterruptException _) {
        // Stopping.
      } catch (RuntimeException failure) {
        LOG.warnf(failure, "%s: starting again", topic);
        pause();
      }
    }
  }

  private void consumeAll(Consumer<String, byte[]> consumer) {
    var commits = new PacedCommits(consumer, COMMIT_INTERVAL);
    consumer.subscribe(Set.of(topic), commits);
    try {
      while (!stopping) {
        consume(consumer, commits);
      }
    } finally {
      commits.commitNow();
    }
  }

  private void consume(Consumer<String, byte[]> consumer, PacedCommits commits) {
    ConsumerRecords<String, byte[]> batch = consumer.poll(POLL_MOST);
    CompletableFuture<Void> handled = handling.handleAll(batch).subscribeAsCompletionStage();
    while (!isDone(handled) && !stopping) {
      stayInGroup(consumer);
    }
    if (handled.isDone()) {
      commits.handled(batch);
    }
  }

  private static boolean isDone(CompletableFuture<Void> handled) {
    try {
      handled.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("handling never fails", bug);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /// A poll of nothing: a dependency is away for long, and the group must not take us for dead.
  private static void stayInGroup(Consumer<String, byte[]> consumer) {
    consumer.pause(consumer.assignment());
    ConsumerRecords<String, byte[]> early = consumer.poll(Duration.ZERO);
    // Partitions that were just assigned are not paused yet: their messages are read again.
    for (TopicPartition partition : early.partitions()) {
      consumer.seek(partition, early.records(partition).getFirst().offset());
    }
    consumer.resume(consumer.assignment());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
