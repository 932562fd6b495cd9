package io.kiroku.ws.feed;

import io.kiroku.ws.socket.Session;
import io.kiroku.ws.socket.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads all job events from now on. What it may have missed (it was made anew, Kafka was away) the
/// sockets find out from job-service.
@ApplicationScoped
class JobEventFeed implements Runnable {
  private static final Logger LOG = Logger.getLogger(JobEventFeed.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final JobEventConsumers consumers;
  private final NewsDesk newsDesk;
  private final Sessions sessions;
  private final FeedConfig config;
  private volatile boolean running = true;
  private volatile boolean assigned;
  private volatile @Nullable Consumer<String, byte[]> active;

  JobEventFeed(
      JobEventConsumers consumers, NewsDesk newsDesk, Sessions sessions, FeedConfig config) {
    this.consumers = consumers;
    this.newsDesk = newsDesk;
    this.sessions = sessions;
    this.config = config;
  }

  /// Whether whatever happens from now on is going to be seen.
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
      try (Consumer<String, byte[]> consumer = consumers.open()) {
        active = consumer;
        consume(consumer);
      } catch (WakeupException stopped) {
        LOG.debug("Woken up", stopped);
      } catch (RuntimeException failure) {
        LOG.warnf("The consumer starts anew: %s", failure);
        pause();
      }
      assigned = false;
    }
  }

  private void consume(Consumer<String, byte[]> consumer) {
    startAtTheEnd(consumer);
    sessions.all().forEach(Session::recheckAll);
    Instant looked = Instant.now();
    while (running) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        newsDesk.tell(records);
      }
      if (Duration.between(looked, Instant.now()).compareTo(config.partitionsEvery()) > 0) {
        addNewPartitions(consumer);
        looked = Instant.now();
      }
    }
  }

  private void startAtTheEnd(Consumer<String, byte[]> consumer) {
    Set<TopicPartition> all = partitions(consumer);
    if (all.isEmpty()) {
      throw new IllegalStateException("there is no topic " + config.topic() + " yet");
    }
    consumer.assign(all);
    consumer.seekToEnd(all);
    // Seeking is lazy: asking for the positions fixes them now.
    all.forEach(consumer::position);
    assigned = true;
    LOG.infof("Reading %d partitions of %s", all.size(), config.topic());
  }

  private void addNewPartitions(Consumer<String, byte[]> consumer) {
    Set<TopicPartition> all = partitions(consumer);
    Collection<TopicPartition> added =
        all.stream().filter(each -> !consumer.assignment().contains(each)).toList();
    if (!added.isEmpty()) {
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }

  private Set<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(config.topic());
    return found.stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private void pause() {
    try {
      Thread.sleep(config.retryAfter());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
