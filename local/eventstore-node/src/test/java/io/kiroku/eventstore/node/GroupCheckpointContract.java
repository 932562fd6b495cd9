package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions.Expression;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.StreamOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack.Action;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo;
import io.kiroku.eventstore.node.proto.persistent.Persistent.UpdateReq;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What a group knows after a restart.
abstract class GroupCheckpointContract extends GroupNodeTest {
  private static final String CHECKPOINTS_OF_ALL =
      "$persistentsubscription-$all::workers-checkpoint";

  GroupCheckpointContract(Kind kind) {
    super(kind);
  }

  private RecordedEvent checkpoint(String stream) throws Exception {
    return read(stream).getLast().getOriginalEvent();
  }

  private static String text(RecordedEvent event) {
    return new String(event.getEventData(), StandardCharsets.UTF_8);
  }

  @Test
  void checkpoint_is_a_json_string_in_a_stream_that_clients_can_read() throws Exception {
    create(settings().setMaxCheckpointCount(5));
    append(8);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 8);
    assertThat(info().getLastCheckpointedEventPosition()).isEmpty();
    consumer.ack(consumer.events().subList(0, 5));
    eventually(() -> info().getLastCheckpointedEventPosition().equals("4"));
    RecordedEvent checkpoint = checkpoint(CHECKPOINTS);
    assertThat(checkpoint.getEventType()).isEqualTo("$SubscriptionCheckpoint");
    assertThat(checkpoint.getContentType()).isEqualTo("application/json");
    assertThat(text(checkpoint)).isEqualTo("\"4\"");
  }

  @Test
  void unanswered_message_holds_the_checkpoint_and_all_behind_it_counts_once_it_is_answered()
      throws Exception {
    create(settings().setMaxCheckpointCount(3).setCheckpointAfterMs(0));
    append(8);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 8);
    consumer.ack(consumer.events().subList(0, 4));
    consumer.ack(consumer.events().subList(5, 8));
    eventually(() -> info().getLastCheckpointedEventPosition().equals("3"));
    consumer.ack(4);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("7"));
  }

  @Test
  void time_writes_a_checkpoint_from_the_lower_bound_on() throws Exception {
    create(settings().setMinCheckpointCount(3).setCheckpointAfterMs(1));
    append(5);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 5);
    consumer.ack(consumer.events().subList(0, 3));
    eventually(() -> info().getLastCheckpointedEventPosition().equals("2"));
    consumer.ack(consumer.events().subList(3, 5));
    append(1);
    awaitEvents(consumer, 6);
    consumer.ack(5);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("5"));
    assertThat(read(CHECKPOINTS)).hasSize(2);
  }

  @Test
  void trap_12_what_the_filter_leaves_out_counts_towards_the_checkpoint() throws Exception {
    createOnAll("rare-", settings().setMaxCheckpointCount(10));
    append("noise", ExpectedRevision.any(), events(12));
    eventually(() -> !ofAll().getLastCheckpointedEventPosition().isEmpty());
    assertThat(ofAll().getLastKnownEventPosition()).isEmpty();
    assertThat(text(checkpoint(CHECKPOINTS_OF_ALL))).matches("\"C:(\\d+)/P:\\1\"");
  }

  @Test
  void groups_of_all_do_not_feed_on_what_they_write() throws Exception {
    createOnAll("rare-", settings().setMaxCheckpointCount(1));
    append("rare-1", ExpectedRevision.any(), events(1));
    RawConsumer consumer = consume(of(STREAM).clearStreamIdentifier().setAll(EMPTY));
    awaitEvents(consumer, 1);
    consumer.ack(0);
    long position = consumer.events().getFirst().getCommitPosition();
    String last = "C:%1$d/P:%1$d".formatted(position);
    eventually(() -> ofAll().getLastCheckpointedEventPosition().equals(last));
    long end = node.end();
    append("noise", ExpectedRevision.any(), events(1));
    eventually(() -> !ofAll().getLastCheckpointedEventPosition().equals(last));
    assertThat(node.end()).isEqualTo(end + 2); // the noise and one checkpoint
    assertThat(result(client.readAll(ReadAllOptions.get().fromStart())).getEvents())
        .noneMatch(event -> event.getEvent().getStreamId().equals(CHECKPOINTS_OF_ALL));
  }

  @Test
  void group_from_the_end_without_a_checkpoint_begins_at_the_end_again() throws Exception {
    append(1);
    create(
        fromStart(STREAM, settings())
            .setStream(
                StreamOptions.newBuilder().setStreamIdentifier(named(STREAM)).setEnd(EMPTY)));
    assertThat(info().getStartFrom()).isEqualTo("-1");
    append(1);
    RawConsumer before = consume();
    awaitEvents(before, 1);
    before.cancel();
    var _ = calls().restartSubsystem(EMPTY);
    eventually(() -> info().getStatus().equals("Live"));
    append(1);
    RawConsumer after = consume();
    awaitEvents(after, 1);
    assertThat(after.revisions()).containsExactly(2L);
  }

  @Test
  void checkpoint_survives_an_update_but_not_a_deletion() throws Exception {
    create(settings().setMaxCheckpointCount(1));
    append(3);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 3);
    consumer.nack(Action.Park, 0);
    consumer.ack(1);
    consumer.ack(2);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("2"));
    var update = UpdateReq.Options.parseFrom(fromStart(STREAM, settings()).build().toByteString());
    var _ = calls().update(UpdateReq.newBuilder().setOptions(update).build());
    eventually(() -> info().getLastCheckpointedEventPosition().equals("2"));
    assertThat(info().getParkedMessageCount()).isEqualTo(1);
    delete();
    for (String stream : new String[] {PARKED, CHECKPOINTS}) {
      assertThatThrownBy(() -> read(stream)).isInstanceOf(StreamNotFoundException.class);
    }
    create(settings());
    assertThat(info().getParkedMessageCount()).isZero();
    RawConsumer again = consume();
    awaitEvents(again, 3);
    assertThat(again.revisions()).containsExactly(0L, 1L, 2L);
  }

  private void createOnAll(String prefix, CreateReq.Settings.Builder settings) {
    FilterOptions filter =
        FilterOptions.newBuilder()
            .setStreamIdentifier(Expression.newBuilder().addPrefix(prefix))
            .setCount(EMPTY)
            .build();
    create(
        CreateReq.Options.newBuilder()
            .setAll(AllOptions.newBuilder().setEnd(EMPTY).setFilter(filter))
            .setGroupName(GROUP)
            .setSettings(settings));
  }

  private SubscriptionInfo ofAll() {
    return info(GetInfoReq.Options.newBuilder().setAll(EMPTY).setGroupName(GROUP));
  }
}
