package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack.Action;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Groups of streams that hold links.
abstract class GroupLinkContract extends GroupNodeTest {
  private static final String TARGETS = "target";

  GroupLinkContract(Kind kind) {
    super(kind);
  }

  /// [#STREAM] links to the events of another stream.
  private void link(int count) throws Exception {
    append(TARGETS, ExpectedRevision.any(), events(count));
    for (int i = 0; i < count; i++) {
      byte[] text = "%d@%s".formatted(i, TARGETS).getBytes(StandardCharsets.UTF_8);
      append(STREAM, ExpectedRevision.any(), EventDataBuilder.binary("$>", text).build());
    }
  }

  private RawConsumer consumeOne() {
    RawConsumer consumer = consume();
    awaitEvents(consumer, 1);
    return consumer;
  }

  private String parkedText() throws Exception {
    return new String(
        read(PARKED).getFirst().getOriginalEvent().getEventData(), StandardCharsets.UTF_8);
  }

  private static String stream(ReadEvent event) {
    return event.getEvent().getStreamIdentifier().getStreamName().toStringUtf8();
  }

  @Test
  void trap_10_resolved_message_is_acknowledged_with_the_id_of_its_link() throws Exception {
    link(1);
    create(settings().setResolveLinks(true).setMaxCheckpointCount(1));
    RawConsumer consumer = consumeOne();
    ReadEvent event = consumer.events().getFirst();
    assertThat(stream(event)).isEqualTo(TARGETS);
    assertThat(event.getLink().getStreamIdentifier()).isEqualTo(named(STREAM));
    assertThat(event.getCommitPosition()).isEqualTo(event.getLink().getCommitPosition());
    consumer.send(
        ReadReq.newBuilder()
            .setAck(ReadReq.Ack.newBuilder().addIds(event.getEvent().getId()))
            .build());
    consumer.nack(Action.Retry, 0);
    awaitEvents(consumer, 2); // the event's own id has acknowledged nothing
    consumer.ack(1);
    eventually(() -> info().getLastCheckpointedEventPosition().equals("0"));
    assertThat(info().getTotalInFlightMessages()).isZero();
  }

  @Test
  void parked_resolved_message_links_to_the_event_itself() throws Exception {
    link(1);
    create(settings().setResolveLinks(true));
    consumeOne().nack(Action.Park, 0);
    eventually(() -> info().getParkedMessageCount() == 1);
    assertThat(parkedText()).isEqualTo("0@" + TARGETS);
  }

  @Test
  void unresolved_link_is_an_event_like_others() throws Exception {
    link(1);
    create(settings());
    RawConsumer consumer = consumeOne();
    ReadEvent event = consumer.events().getFirst();
    assertThat(stream(event)).isEqualTo(STREAM);
    assertThat(event.hasLink()).isFalse();
    consumer.nack(Action.Park, 0);
    eventually(() -> info().getParkedMessageCount() == 1);
    assertThat(parkedText()).isEqualTo("0@" + STREAM);
  }

  @Test
  void link_whose_event_is_gone_comes_alone() throws Exception {
    link(1);
    result(client.deleteStream(TARGETS, DeleteStreamOptions.get()));
    create(settings().setResolveLinks(true));
    RawConsumer consumer = consumeOne();
    ReadEvent event = consumer.events().getFirst();
    assertThat(event.hasEvent()).isFalse();
    assertThat(event.getLink().getStreamIdentifier()).isEqualTo(named(STREAM));
    consumer.nack(Action.Park, 0);
    eventually(() -> info().getParkedMessageCount() == 1);
    assertThat(parkedText()).isEqualTo("0@" + TARGETS);
  }
}
