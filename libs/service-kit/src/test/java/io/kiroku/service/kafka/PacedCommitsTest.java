package io.kiroku.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedCommitsTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private long now = 0;
  private final PacedCommits commits =
      new PacedCommits(kafka, Duration.ofMillis(500), () -> now * 1_000_000);
  private long next = 0;

  @BeforeEach
  void assigned() {
    kafka.subscribe(List.of("orders"), commits);
    kafka.rebalance(List.of(PARTITION));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void theFirstBatchIsCommittedAtOnce() {
    handleOne();

    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void aCommitCoversWhatWasHandledSinceTheLast() {
    handleOne();
    handleOne();
    handleOne();
    assertThat(committed()).isEqualTo(1);

    now = 500;
    handleOne();

    assertThat(committed()).isEqualTo(4);
  }

  @Test
  void quietDoesNotKeepTheLastMessagesUncommitted() {
    handleOne();
    handleOne();

    now = 500;
    commits.handled(kafka.poll(Duration.ZERO));

    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void whoeverGetsThePartitionNextBeginsBehindWhatWasHandled() {
    handleOne();
    handleOne();

    commits.onPartitionsRevoked(List.of(PARTITION));

    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void closingCommitsTheRest() {
    handleOne();
    handleOne();

    commits.commitNow();

    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void whatIsPolledButNotHandledIsNotCommitted() {
    handleOne();
    arrive();
    kafka.poll(Duration.ZERO);

    commits.commitNow();

    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void aLostPartitionIsLeftToItsNewOwner() {
    handleOne();
    handleOne();

    commits.onPartitionsLost(List.of(PARTITION));
    commits.commitNow();

    assertThat(committed()).isEqualTo(1);
  }

  private void handleOne() {
    arrive();
    commits.handled(kafka.poll(Duration.ZERO));
  }

  private void arrive() {
    kafka.addRecord(new ConsumerRecord<>("orders", 0, next++, "key", new byte[0]));
  }

  private long committed() {
    OffsetAndMetadata offset = kafka.committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? 0 : offset.offset();
  }
}
