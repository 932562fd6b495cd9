package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.StreamMetadata;
import io.grpc.Status;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import io.kiroku.eventstore.node.proto.shared.Shared.UUID;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a consumer gets, and what becomes of it when the consumer does not behave.
abstract class GroupConsumerContract extends GroupNodeTest {
  GroupConsumerContract(Kind kind) {
    super(kind);
  }

  private static List<Integer> retries(RawConsumer consumer) {
    return consumer.events().stream().map(ReadEvent::getRetryCount).toList();
  }

  private int connections() {
    return info().getConnectionsCount();
  }

  @Test
  void trap_17_cancelled_consumer_gives_its_messages_back_at_once_and_in_order() throws Exception {
    create(settings());
    append(12);
    RawConsumer leaving = consume();
    awaitEvents(leaving, 10);
    leaving.cancel();
    eventually(() -> connections() == 0);
    RawConsumer staying = consume(of(STREAM).setBufferSize(20));
    awaitEvents(staying, 12);
    assertThat(staying.revisions())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(retries(staying)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
  }

  @Test
  void message_without_a_timeout_expires_with_each_tick_until_it_is_parked() throws Exception {
    create(settings().setMessageTimeoutMs(0).setMaxRetryCount(1));
    append(1);
    RawConsumer consumer = consume();
    eventually(() -> info().getParkedMessageCount() == 1);
    assertThat(retries(consumer)).containsExactly(0, 1);
    assertThat(info().getConnections(0).getAvailableSlots()).isEqualTo(10);
  }

  @Test
  void last_connection_lost_parks_the_message() throws Exception {
    create(settings().setMaxRetryCount(0));
    append(1);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 1);
    consumer.cancel();
    eventually(() -> info().getParkedMessageCount() == 1);
  }

  @Test
  void unknown_ids_and_repeated_answers_are_ignored() throws Exception {
    create(settings().setMaxCheckpointCount(1));
    append(2);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 2);
    UUID unknown = UUID.newBuilder().setString(java.util.UUID.randomUUID().toString()).build();
    consumer.send(ReadReq.newBuilder().setAck(ReadReq.Ack.newBuilder().addIds(unknown)).build());
    consumer.ack(0);
    consumer.ack(0);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("0"));
    assertThat(info().getConnections(0).getInFlightMessages()).isEqualTo(1);
    assertThat(info().getConnections(0).getAvailableSlots()).isEqualTo(9);
  }

  @Test
  void consumer_that_says_nonsense_is_gone_and_its_messages_go_to_others() throws Exception {
    create(settings());
    append(1);
    RawConsumer confused = consume();
    awaitEvents(confused, 1);
    UUID nonsense = UUID.newBuilder().setString("nonsense").build();
    confused.send(ReadReq.newBuilder().setAck(ReadReq.Ack.newBuilder().addIds(nonsense)).build());
    assertThat(Status.fromThrowable(result(confused.ended)).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    eventually(() -> connections() == 0);
    awaitEvents(consume(), 1);
  }

  @Test
  void answer_before_the_options_is_refused() throws Exception {
    create(settings());
    RawConsumer consumer = new RawConsumer(false);
    start(consumer);
    consumer.send(ReadReq.newBuilder().setAck(ReadReq.Ack.getDefaultInstance()).build());
    assertThat(Status.fromThrowable(result(consumer.ended)).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void two_events_of_one_id_are_both_delivered_one_after_the_other() throws Exception {
    create(
        fromStart(STREAM, settings()).clearStream().setAll(AllOptions.newBuilder().setEnd(EMPTY)));
    EventData event = event(id(1), "same");
    append("a", ExpectedRevision.any(), event);
    append("b", ExpectedRevision.any(), event);
    append("c", ExpectedRevision.any(), event(id(2), "other"));
    RawConsumer consumer = consume(of(STREAM).clearStreamIdentifier().setAll(EMPTY));
    awaitEvents(consumer, 2);
    assertThat(consumer.streams()).containsExactly("a", "c");
    consumer.ack(0);
    awaitEvents(consumer, 3);
    assertThat(consumer.streams()).containsExactly("a", "c", "b");
  }

  @Test
  void trap_15_client_that_does_not_read_holds_no_more_than_it_was_sent_anyway() throws Exception {
    create(settings());
    for (int i = 0; i < 4; i++) {
      EventData[] events = new EventData[50];
      Arrays.setAll(events, _ -> EventDataBuilder.binary("big", new byte[16 << 10]).build());
      append(STREAM, ExpectedRevision.any(), events);
    }
    RawConsumer lazy = consume(of(STREAM).setBufferSize(100_000), true);
    eventually(() -> connections() == 1 && info().getReadBufferCount() > 0);
    eventually(() -> info().getTotalInFlightMessages() >= 60);
    assertThat(info().getTotalInFlightMessages()).isLessThan(150);
    lazy.take(1000);
    awaitEvents(lazy, 200);
    assertThat(lazy.revisions()).isSorted();
  }

  @Test
  void group_that_catches_up_sees_what_readers_see() throws Exception {
    append(10);
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(3L);
    result(client.setStreamMetadata(STREAM, metadata));
    create(settings());
    RawConsumer consumer = consume();
    awaitEvents(consumer, 3);
    assertThat(consumer.revisions()).containsExactly(7L, 8L, 9L);
    append(1);
    awaitEvents(consumer, 4);
  }
}
