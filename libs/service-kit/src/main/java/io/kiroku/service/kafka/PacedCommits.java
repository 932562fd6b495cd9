package io.kiroku.service.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Commits the offsets of handled messages, at most once per interval: a commit per batch would be
/// a second request, and a write of the broker's, for every few messages. What a crash leaves
/// uncommitted comes again, so effects must be guarded, as they must be anyway.
///
/// Only for the thread that polls; to be given to `subscribe`, so that whoever gets a partition
/// next begins behind what was handled here.
public final class PacedCommits implements ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(PacedCommits.class);
  private static final Duration LAST_MOST = Duration.ofSeconds(2);

  private final Consumer<?, ?> consumer;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
  private long lastNanos;

  public PacedCommits(Consumer<?, ?> consumer, Duration interval) {
    this(consumer, interval, System::nanoTime);
  }

  PacedCommits(Consumer<?, ?> consumer, Duration interval, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong() - intervalNanos;
  }

  /// To be called after every poll, once the effects of what it brought are durable; also when it
  /// brought nothing.
  public void handled(ConsumerRecords<?, ?> batch) {
    handled.putAll(batch.nextOffsets());
    if (!handled.isEmpty() && nanoTime.getAsLong() - lastNanos >= intervalNanos) {
      lastNanos = nanoTime.getAsLong();
      consumer.commitAsync(Map.copyOf(handled), this::committed);
      handled.clear();
    }
  }

  /// A later offset may have been handled since.
  private void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    if (failure != null) {
      LOG.debug("not committed, tried again with the next", failure);
      offsets.forEach(handled::putIfAbsent);
    }
  }

  /// Waits, but not for long: to be called before the consumer is closed.
  public void commitNow() {
    if (handled.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(Map.copyOf(handled), LAST_MOST);
    } catch (KafkaException notCommitted) {
      LOG.debug("not committed, will come again", notCommitted);
    }
    handled.clear();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commitNow();
  }

  /// Somebody else has them already.
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    handled.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
}
