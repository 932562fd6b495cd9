package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack.Action;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// How much a group holds in memory, however many messages its settings let it read ahead.
final class GroupMemoryTest extends GroupNodeTest {
  private static final int MIB = 1 << 20;
  private static final int WAITING_MIB = 4;
  private static final int HELD_MIB = 32;

  GroupMemoryTest() {
    super(Kind.MEMORY);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().appendBytesMax(6 * MIB);
  }

  private void appendBig(int count, int bytes) throws Exception {
    for (int i = 0; i < count; i++) {
      append(
          STREAM,
          ExpectedRevision.any(),
          EventDataBuilder.binary(UUID.randomUUID(), "big", new byte[bytes]).build());
    }
  }

  private static int waiting(SubscriptionInfo info) {
    return (int) (info.getReadBufferCount() + info.getRetryBufferCount());
  }

  private static void assertAll(RawConsumer consumer, int count) {
    assertThat(consumer.revisions()).isEqualTo(LongStream.range(0, count).boxed().toList());
  }

  @Test
  void group_without_consumers_reads_a_few_mib_ahead_and_goes_on_when_they_come() throws Exception {
    appendBig(12, MIB);
    create(settings());
    eventually(() -> waiting(info()) == WAITING_MIB);
    assertThat(info().getStatus()).isEqualTo("Behind");
    RawConsumer consumer = consume(of(STREAM).setBufferSize(100));
    awaitEvents(consumer, 12);
    assertAll(consumer, 12);
    eventually(() -> info().getStatus().equals("Live"));
  }

  @Test
  void events_that_come_while_it_is_live_are_left_in_the_log_as_well() throws Exception {
    create(settings());
    eventually(() -> info().getStatus().equals("Live"));
    appendBig(12, MIB);
    eventually(() -> info().getStatus().equals("Behind"));
    assertThat(waiting(info())).isEqualTo(WAITING_MIB);
  }

  @Test
  void event_beyond_the_bound_goes_through_alone() throws Exception {
    appendBig(3, 5 * MIB);
    create(settings());
    eventually(() -> waiting(info()) == 1);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 3);
    assertAll(consumer, 3);
  }

  @Test
  void what_consumers_have_not_answered_counts() throws Exception {
    int count = HELD_MIB + 8;
    appendBig(count, MIB);
    create(settings());
    RawConsumer consumer = consume(of(STREAM).setBufferSize(count));
    awaitEvents(consumer, HELD_MIB);
    eventually(() -> info().getStatus().equals("Behind"));
    assertThat(waiting(info())).isZero();
    consumer.ack(consumer.events().subList(0, 8));
    awaitEvents(consumer, count);
    assertAll(consumer, count);
  }

  @Test
  void parked_messages_are_taken_out_a_few_mib_at_a_time() throws Exception {
    appendBig(12, MIB);
    create(settings());
    RawConsumer parking = consume(of(STREAM).setBufferSize(12));
    awaitEvents(parking, 12);
    for (int i = 0; i < 12; i++) {
      parking.nack(Action.Park, i);
    }
    eventually(() -> info().getParkedMessageCount() == 12);
    parking.cancel();
    eventually(() -> info().getConnectionsCount() == 0);
    replay(12);
    eventually(() -> waiting(info()) == WAITING_MIB);
    RawConsumer consumer = consume(of(STREAM).setBufferSize(12));
    for (int i = 0; i < 12; i++) {
      awaitEvents(consumer, Math.min(12, i / WAITING_MIB * WAITING_MIB + WAITING_MIB));
      consumer.ack(i);
    }
    eventually(() -> info().getParkedMessageCount() == 0);
  }
}
