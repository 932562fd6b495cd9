package io.kiroku.job.feed;

import io.kiroku.job.kafka.KafkaClients;
import io.kiroku.job.store.ChangeBatches;
import io.kiroku.job.store.JobChange.Progress;
import io.kiroku.service.kafka.PacedCommits;
import io.kiroku.service.tracing.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads fulfillments and applies them, a batch at a time. A batch that fails is read again; its
/// changes that were applied before are then no news.
@ApplicationScoped
class FulfillmentFeed implements Runnable {
  private static final Logger LOG = Logger.getLogger(FulfillmentFeed.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final ChangeBatches jobs;
  private final DeadLetters deadLetters;
  private final FeedConfig config;
  private final Counter counter;
  private volatile boolean running = true;
  private volatile boolean assigned;
  private volatile @Nullable Consumer<String, byte[]> active;

  FulfillmentFeed(
      KafkaClients kafka,
      ChangeBatches jobs,
      DeadLetters deadLetters,
      FeedConfig config,
      MeterRegistry metrics) {
    this.kafka = kafka;
    this.jobs = jobs;
    this.deadLetters = deadLetters;
    this.config = config;
    this.counter = metrics.counter("kiroku.job.fulfillment.messages");
  }

  /// Whether this instance has been given partitions, or found that others have them all.
  boolean isAssigned() {
    return assigned;
  }

  void stop() {
    running = false;
    Consumer<String, byte[]> consumer = active;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    while (running) {
      try (Consumer<String, byte[]> consumer = kafka.consumer(config.group(), config.batchMax())) {
        active = consumer;
        consume(consumer);
      } catch (WakeupException stopped) {
        LOG.debug("Woken up", stopped);
      } catch (RuntimeException failure) {
        LOG.error("The consumer failed and starts anew", failure);
        pause(config.retryAfter());
      }
    }
  }

  private void consume(Consumer<String, byte[]> consumer) {
    var commits = new PacedCommits(consumer, COMMIT_INTERVAL);
    consumer.subscribe(List.of(config.topic()), commits);
    try {
      while (running) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        assigned = !consumer.assignment().isEmpty();
        if (isApplied(consumer, records)) {
          commits.handled(records);
        }
      }
    } finally {
      commits.commitNow();
    }
  }

  private boolean isApplied(
      Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
    try {
      apply(FulfillmentBatch.read(records));
      counter.increment(records.count());
      return true;
    } catch (WakeupException stopped) {
      throw stopped;
    } catch (RuntimeException failure) {
      LOG.warnf("%d messages wait: %s", records.count(), failure);
      rewind(consumer, records);
      waitWithoutReading(consumer);
      return false;
    }
  }

  private void apply(FulfillmentBatch batch) {
    if (batch.messages().isEmpty() && batch.rest().isEmpty()) {
      return;
    }
    batch.rest().forEach(poison -> deadLetters.bury(poison.message(), poison.reason()));
    jobs.apply(batch.changes())
        .await()
        .atMost(config.applyTimeout())
        .forEach(
            refused -> deadLetters.bury(batch.messages().get(refused.index()), refused.reason()));
    batch.changes().stream().filter(c -> c.action().isFinal()).forEach(FulfillmentFeed::tell);
  }

  private static void tell(Progress end) {
    Traces.within(
        end.traceparent(),
        "job-" + end.action().wireName(),
        () -> LOG.infof("Job %s: %s", end.jobId(), end.action().wireName()));
  }

  private static void rewind(
      Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      // What was taken away meanwhile is read again by whoever has it now.
      if (consumer.assignment().contains(partition)) {
        consumer.seek(partition, records.records(partition).getFirst().offset());
      }
    }
  }

  // Polling on keeps the membership of the group. What comes nevertheless (of a partition given to
  // us just now) is read again as well.
  private void waitWithoutReading(Consumer<String, byte[]> consumer) {
    consumer.pause(consumer.assignment());
    try {
      rewind(consumer, consumer.poll(config.retryAfter()));
    } finally {
      consumer.resume(consumer.paused());
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
