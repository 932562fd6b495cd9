package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Links that clients write themselves: events of type `$>` with `revision@stream` as data.
abstract class LinkContract extends NodeTest {
  LinkContract(Kind kind) {
    super(kind);
  }

  @Test
  void resolved_link_brings_its_event_at_the_position_of_the_link() throws Exception {
    Position target = append("s", ExpectedRevision.any(), events(1)).getLogPosition();
    Position link = link("links", "0@s");
    ResolvedEvent resolved = resolved("links").getFirst();
    assertThat(resolved.getEvent().getStreamId()).isEqualTo("s");
    assertThat(resolved.getEvent().getPosition()).isEqualTo(target);
    assertThat(resolved.getLink().getStreamId()).isEqualTo("links");
    assertThat(resolved.getLink().getPosition()).isEqualTo(link);
    assertThat(resolved.getOriginalEvent().getRevision()).isZero();
    assertThat(resolved.getPosition()).contains(link);
  }

  @Test
  void link_is_an_event_to_those_who_do_not_resolve() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    link("links", "0@s");
    ResolvedEvent plain = read("links").getFirst();
    assertThat(plain.getLink()).isNull();
    assertThat(plain.getEvent().getEventType()).isEqualTo("$>");
  }

  @Test
  void links_are_resolved_once_not_link_by_link() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    link("links", "0@s");
    link("links-of-links", "0@links");
    assertThat(resolved("links-of-links").getFirst().getEvent().getStreamId()).isEqualTo("links");
  }

  @Test
  void name_of_the_target_may_have_an_at_sign() throws Exception {
    append("me@home", ExpectedRevision.any(), events(2));
    link("links", "1@me@home");
    assertThat(resolved("links").getFirst().getEvent().getRevision()).isEqualTo(1);
  }

  @Test
  void link_whose_target_is_not_there_comes_alone() throws Exception {
    List<String> targets =
        List.of(
            "7@s",
            "0@missing",
            "0@deleted",
            "0@gone",
            "0@$$gone",
            "0@cut",
            "0@",
            "0@$$",
            "@s",
            "x@s",
            "-1@s",
            "9999999999999999999@s",
            "0@nul\0",
            "s",
            "");
    append("s", ExpectedRevision.any(), events(1));
    append("deleted", ExpectedRevision.any(), events(1));
    result(client.deleteStream("deleted"));
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(1L);
    append("gone", ExpectedRevision.any(), events(1));
    result(client.setStreamMetadata("gone", metadata));
    result(client.tombstoneStream("gone"));
    append("cut", ExpectedRevision.any(), events(2));
    result(client.setStreamMetadata("cut", metadata));
    for (String target : targets) {
      link("links", target);
    }
    try (RawStreams raw = new RawStreams(node)) {
      List<ReadResp> answers = new ArrayList<>();
      raw.blocking()
          .read(RawStreams.request(RawStreams.readStream("links").setResolveLinks(true)))
          .forEachRemaining(answers::add);
      List<ReadEvent> alone =
          answers.stream().filter(ReadResp::hasEvent).map(ReadResp::getEvent).toList();
      assertThat(alone).noneMatch(ReadEvent::hasEvent);
      assertThat(alone.stream().map(event -> event.getLink().getData().toStringUtf8()))
          .isEqualTo(targets);
      assertThat(alone)
          .allMatch(event -> event.getCommitPosition() == event.getLink().getCommitPosition());
    }
  }

  @Test
  void subscribers_get_links_resolved_in_the_order_of_the_links() throws Exception {
    append("s", ExpectedRevision.any(), events(4));
    link("links", "3@s");
    link("links", "0@s");
    Heard heard = new Heard();
    SubscribeToStreamOptions options = SubscribeToStreamOptions.get();
    options.resolveLinkTos();
    result(client.subscribeToStream("links", heard, options));
    await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(() -> heard.caughtUp.get() == 1);
    link("links", "2@s");
    await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(() -> heard.events.size() == 3);
    assertThat(heard.events.stream().map(event -> event.getEvent().getRevision()))
        .containsExactly(3L, 0L, 2L);
    assertThat(heard.events.stream().map(event -> event.getLink().getRevision()))
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void links_are_resolved_in_all_and_backwards_too() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    link("links", "0@s");
    ReadAllOptions all = ReadAllOptions.get().backwards();
    all.fromEnd();
    all.resolveLinkTos();
    ResolvedEvent last = result(client.readAll(all)).getEvents().getFirst();
    assertThat(last.getEvent().getStreamId()).isEqualTo("s");
    assertThat(last.getLink().getStreamId()).isEqualTo("links");
  }

  private List<ResolvedEvent> resolved(String stream) throws Exception {
    ReadStreamOptions options = ReadStreamOptions.get();
    options.resolveLinkTos();
    return result(client.readStream(stream, options)).getEvents();
  }

  private Position link(String stream, String data) throws Exception {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    EventData link = EventDataBuilder.binary(UUID.randomUUID(), "$>", bytes).build();
    return append(stream, ExpectedRevision.any(), link).getLogPosition();
  }
}
