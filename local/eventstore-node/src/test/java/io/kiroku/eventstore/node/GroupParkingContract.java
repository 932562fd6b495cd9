package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.google.gson.JsonObject;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack.Action;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages that cannot be processed: put aside, looked at, taken out again.
abstract class GroupParkingContract extends GroupNodeTest {
  GroupParkingContract(Kind kind) {
    super(kind);
  }

  private RawConsumer park(int count) throws Exception {
    append(count);
    RawConsumer consumer = consume();
    awaitEvents(consumer, count);
    for (int i = 0; i < count; i++) {
      consumer.nack(Action.Park, i);
    }
    eventually(() -> info().getParkedMessageCount() == count);
    return consumer;
  }

  private static String text(RecordedEvent event) {
    return new String(event.getEventData(), StandardCharsets.UTF_8);
  }

  @Test
  void parked_stream_links_to_the_event_and_says_why() throws Exception {
    create(settings().setMaxRetryCount(1));
    append(2);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 2);
    consumer.nack(Action.Park, 1);
    eventually(() -> info().getParkedMessageCount() == 1);
    consumer.nack(Action.Retry, 0);
    awaitEvents(consumer, 3);
    consumer.nack(Action.Unknown, 2);
    eventually(() -> info().getParkedMessageCount() == 2);
    List<RecordedEvent> parked =
        read(PARKED).stream().map(event -> event.getOriginalEvent()).toList();
    assertThat(parked).extracting(RecordedEvent::getEventType).containsOnly("$>");
    assertThat(parked).extracting(event -> text(event)).containsExactly("1@order-1", "0@order-1");
    JsonObject byHand = json(parked.getFirst().getUserMetadata());
    assertThat(byHand.get("reason").getAsString())
        .isEqualTo("Client explicitly NAK'ed message.\nbecause");
    assertThat(byHand.get("subscriptionEventNumber").getAsLong()).isEqualTo(1);
    assertThat(byHand.get("added").getAsString()).isNotEmpty();
    assertThat(json(parked.getLast().getUserMetadata()).get("reason").getAsString())
        .isEqualTo("Reached retry count of 1");
  }

  @Test
  void trap_10_replayed_message_carries_its_parked_event_as_link_and_is_answered_with_it()
      throws Exception {
    create(settings());
    RawConsumer consumer = park(1);
    replay(Long.MAX_VALUE);
    awaitEvents(consumer, 2);
    ReadEvent replayed = consumer.events().getLast();
    assertThat(replayed.getEvent()).isEqualTo(consumer.events().getFirst().getEvent());
    assertThat(replayed.getLink().getStreamIdentifier().getStreamName().toStringUtf8())
        .isEqualTo(PARKED);
    assertThat(replayed.getLink().getId().getString())
        .isEqualTo(read(PARKED).getFirst().getOriginalEvent().getEventId().toString());
    assertThat(replayed.getRetryCount()).isZero();
    consumer.ack(1);
    eventually(() -> info().getParkedMessageCount() == 0);
  }

  @Test
  void replay_stops_at_a_revision_of_the_parked_stream_and_truncates_it_there() throws Exception {
    create(settings());
    RawConsumer consumer = park(4);
    replay(2);
    awaitEvents(consumer, 6);
    assertThat(consumer.revisions().subList(4, 6)).containsExactly(0L, 1L);
    consumer.ack(consumer.events().subList(4, 6));
    eventually(() -> info().getParkedMessageCount() == 2);
    JsonObject metadata = lastJson("$$" + PARKED);
    assertThat(metadata.get("$tb").getAsLong()).isEqualTo(2);
    assertThat(metadata.getAsJsonObject("$acl").get("$r").getAsString()).isEqualTo("$admins");
    replay(2); // nothing is left before it
    replay(Long.MAX_VALUE);
    awaitEvents(consumer, 8);
    assertThat(consumer.revisions().subList(6, 8)).containsExactly(2L, 3L);
    consumer.ack(consumer.events().subList(6, 8));
    eventually(() -> info().getParkedMessageCount() == 0);
    eventually(() -> info().getStatus().equals("Live"));
  }

  @Test
  void replayed_message_can_be_parked_again() throws Exception {
    create(settings());
    RawConsumer consumer = park(1);
    replay(Long.MAX_VALUE);
    awaitEvents(consumer, 2);
    consumer.nack(Action.Park, 1);
    eventually(() -> read(PARKED).size() == 1 && info().getStatus().equals("Live"));
    RecordedEvent parked = read(PARKED).getFirst().getOriginalEvent();
    assertThat(parked.getRevision()).isEqualTo(1);
    assertThat(text(parked)).isEqualTo("0@order-1");
    assertThat(info().getParkedMessageCount()).isEqualTo(1);
  }

  @Test
  void unanswered_replayed_messages_are_still_parked_after_a_restart() throws Exception {
    create(settings());
    RawConsumer consumer = park(2);
    replay(Long.MAX_VALUE);
    awaitEvents(consumer, 4);
    assertThat(info().getStatus()).isEqualTo("ReplayingParkedMessages, Live");
    consumer.ack(2);
    restart();
    assertThat(info().getParkedMessageCount()).isEqualTo(2);
    replay(Long.MAX_VALUE);
    RawConsumer after = consume();
    awaitEvents(after, 2);
    assertThat(after.revisions()).containsExactly(0L, 1L);
  }

  @Test
  void parked_messages_whose_events_are_gone_are_not_replayed() throws Exception {
    create(settings());
    RawConsumer consumer = park(2);
    result(client.deleteStream(STREAM, DeleteStreamOptions.get()));
    replay(Long.MAX_VALUE);
    eventually(() -> info().getParkedMessageCount() == 0);
    assertThat(consumer.events()).hasSize(2);
  }

  @Test
  void stopped_and_skipped_messages_are_done_with() throws Exception {
    create(settings().setMaxCheckpointCount(1));
    append(3);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 3);
    consumer.nack(Action.Stop, 0);
    consumer.nack(Action.Skip, 1);
    consumer.nack(Action.Park, 2);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("2"));
    assertThat(info().getParkedMessageCount()).isEqualTo(1);
    assertThat(consumer.events()).hasSize(3);
  }
}
