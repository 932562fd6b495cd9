package io.kiroku.eventstore.node;

import static io.kiroku.eventstore.node.RawStreams.EMPTY;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import io.grpc.Status;
import io.kiroku.eventstore.node.log.Limits;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.AllOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions.Expression;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.SubscriptionOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.CaughtUp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Catch-up subscriptions message by message, on a node that remembers little.
abstract class CatchUpContract extends RawNodeTest {
  private static final int REMEMBERED = 64;
  private static final int BEGINNING = 8; // records a fresh log begins with, which nobody sees

  CatchUpContract(Kind kind) {
    super(kind);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().limits(new Limits(REMEMBERED, 1 << 20, 1 << 20, 64 << 20));
  }

  @Test
  void confirmation_comes_first_then_events_then_one_caught_up_that_says_where() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    List<ReadResp> answers = subscribed(RawStreams.readStream("s")).await(5);
    assertThat(UUID.fromString(answers.getFirst().getConfirmation().getSubscriptionId()))
        .isNotNull();
    assertThat(answers.subList(1, 4)).allMatch(ReadResp::hasEvent);
    CaughtUp caughtUp = answers.get(4).getCaughtUp();
    assertThat(caughtUp.getStreamRevision()).isEqualTo(2);
    assertThat(caughtUp.hasPosition()).isFalse();
    assertThat(caughtUp.getTimestamp().getSeconds()).isGreaterThan(1_700_000_000);
    CaughtUp ofAll = subscribed(RawStreams.readAll()).await(5).get(4).getCaughtUp();
    assertThat(ofAll.getPosition().getCommitPosition()).isEqualTo(node.end() - 1);
    assertThat(ofAll.getPosition().getPreparePosition()).isEqualTo(node.end() - 1);
    assertThat(ofAll.hasStreamRevision()).isFalse();
    CaughtUp ofMissing = subscribed(RawStreams.readStream("missing")).await(2).get(1).getCaughtUp();
    assertThat(ofMissing.hasStreamRevision()).isFalse();
  }

  @Test
  void start_at_the_last_event_is_live_at_once() throws Exception {
    Position last = append("s", ExpectedRevision.any(), events(3)).getLogPosition();
    Options.Builder stream = RawStreams.readStream("s");
    stream.getStreamBuilder().setRevision(2);
    Options.Builder all = RawStreams.readAll().setAll(after(last.getCommitUnsigned()));
    Answers<ReadReq, ReadResp> ofStream = subscribed(stream);
    Answers<ReadReq, ReadResp> ofAll = subscribed(all);
    ofStream.await(2);
    ofAll.await(2);
    append("s", ExpectedRevision.any(), events(1));
    for (List<ReadResp> answers : List.of(ofStream.await(3), ofAll.await(3))) {
      assertThat(answers.get(1).hasCaughtUp()).isTrue();
      assertThat(answers.get(2).getEvent().getEvent().getStreamRevision()).isEqualTo(3);
    }
  }

  @Test
  void start_beyond_the_end_of_a_stream_waits_for_that_event() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    Options.Builder options = RawStreams.readStream("s");
    options.getStreamBuilder().setRevision(2);
    Answers<ReadReq, ReadResp> answers = subscribed(options);
    answers.await(2);
    append("s", ExpectedRevision.any(), events(4));
    assertThat(revisions(answers.await(4))).containsExactly(3L, 4L);
  }

  @Test
  void trap_11_slow_reader_of_all_gets_everything_once_and_catches_up_again() throws Exception {
    fallsBehind(subscribedOnDemand(RawStreams.readAll()));
  }

  @Test
  void trap_11_slow_reader_of_a_stream_gets_everything_once_and_catches_up_again()
      throws Exception {
    fallsBehind(subscribedOnDemand(RawStreams.readStream("s")));
  }

  private void fallsBehind(Answers<ReadReq, ReadResp> slow) throws Exception {
    int events = 600;
    slow.request(2);
    assertThat(slow.await(2).get(1).hasCaughtUp()).isTrue();
    for (int i = 0; i < events; i += 20) {
      append("s", ExpectedRevision.any(), large(20));
    }
    slow.request(1_000_000);
    List<ReadResp> answers = slow.await(events + 3);
    assertThat(revisions(answers)).isEqualTo(LongStream.range(0, events).boxed().toList());
    assertThat(answers.stream().filter(ReadResp::hasCaughtUp)).hasSize(2);
    assertThat(answers.getLast().hasCaughtUp()).isTrue();
    append("s", ExpectedRevision.any(), events(1));
    assertThat(slow.await(events + 4).getLast().hasEvent()).isTrue();
  }

  @Test
  void trap_12_filtered_reader_of_all_hears_how_many_were_considered() throws Exception {
    append("noise", ExpectedRevision.any(), events(75 - BEGINNING));
    append("order-1", ExpectedRevision.any(), events(2));
    Answers<ReadReq, ReadResp> answers = subscribed(orders());
    List<ReadResp> caughtUp = answers.await(1 + 3 + 2 + 1 + 1);
    assertThat(checkpoints(caughtUp)).containsExactly(19L, 39L, 59L, 76L);
    assertThat(caughtUp.getLast().hasCaughtUp()).isTrue();
    append("noise", ExpectedRevision.any(), events(40));
    append("order-1", ExpectedRevision.any(), events(1));
    List<ReadResp> live = answers.await(caughtUp.size() + 3);
    assertThat(checkpoints(live)).containsExactly(19L, 39L, 59L, 76L, 79L, 99L);
    assertThat(live.getLast().hasEvent()).isTrue();
    assertThat(live.stream().filter(ReadResp::hasCheckpoint))
        .allSatisfy(answer -> assertThat(answer.getCheckpoint().hasTimestamp()).isTrue());
  }

  @Test
  void trap_12_others_hear_no_checkpoints() throws Exception {
    append("noise", ExpectedRevision.any(), events(100));
    List<ReadResp> ofAll = subscribed(RawStreams.readAll()).await(102);
    List<ReadResp> ofStream = subscribed(RawStreams.readStream("noise")).await(102);
    assertThat(checkpoints(ofAll)).isEmpty();
    assertThat(checkpoints(ofStream)).isEmpty();
    Options.Builder fromEnd = orders().setAll(AllOptions.newBuilder().setEnd(EMPTY));
    assertThat(subscribed(fromEnd).await(2).getLast().hasCaughtUp()).isTrue();
  }

  @Test
  void reader_resumes_after_a_checkpoint_without_loss_or_repetition() throws Exception {
    append("order-1", ExpectedRevision.any(), events(2));
    append("noise", ExpectedRevision.any(), events(30));
    append("order-1", ExpectedRevision.any(), events(2));
    List<ReadResp> first = subscribed(orders()).await(8);
    long checkpoint = checkpoints(first).getFirst();
    Options.Builder resumed = orders().setAll(after(checkpoint));
    assertThat(revisions(subscribed(resumed).await(5))).containsExactly(2L, 3L);
  }

  @Test
  void deleted_stream_is_gone_on_with_when_it_comes_back() throws Exception {
    append("s", ExpectedRevision.any(), events(2));
    Answers<ReadReq, ReadResp> before = subscribed(RawStreams.readStream("s"));
    before.await(4);
    result(client.deleteStream("s"));
    Answers<ReadReq, ReadResp> after = subscribed(RawStreams.readStream("s"));
    assertThat(after.await(2).getLast().hasCaughtUp()).isTrue();
    append("s", ExpectedRevision.noStream(), events(1));
    assertThat(revisions(before.await(5))).containsExactly(0L, 1L, 2L);
    assertThat(revisions(after.await(3))).containsExactly(2L);
    assertThat(revisions(subscribed(RawStreams.readStream("s")).await(3))).containsExactly(2L);
  }

  @Test
  void bounds_hold_for_what_was_there_not_for_what_comes() throws Exception {
    append("s", ExpectedRevision.any(), events(200));
    metadata("{\"$maxCount\":2}");
    Answers<ReadReq, ReadResp> answers = subscribed(RawStreams.readStream("s"));
    answers.await(4);
    append("s", ExpectedRevision.any(), events(5));
    assertThat(revisions(answers.await(9)))
        .containsExactly(198L, 199L, 200L, 201L, 202L, 203L, 204L);
  }

  @Test
  void tombstone_is_delivered_and_ends_the_subscription() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    Options.Builder beyond = RawStreams.readStream("s");
    beyond.getStreamBuilder().setRevision(40);
    Answers<ReadReq, ReadResp> atEnd = subscribed(RawStreams.readStream("s"));
    Answers<ReadReq, ReadResp> waiting = subscribed(beyond);
    atEnd.await(3);
    waiting.await(2);
    result(client.tombstoneStream("s"));
    for (Answers<ReadReq, ReadResp> answers : List.of(atEnd, waiting)) {
      assertThat(result(answers.end).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      ReadEvent last = answers.all().getLast().getEvent();
      assertThat(last.getEvent().getMetadataOrThrow("type")).isEqualTo("$streamDeleted");
    }
    Answers<ReadReq, ReadResp> late = subscribed(RawStreams.readStream("s"));
    assertThat(result(late.end).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(late.all()).isEmpty();
  }

  @Test
  void trap_3_closing_the_node_ends_every_kind_with_unavailable() throws Exception {
    List<Answers<ReadReq, ReadResp>> all =
        List.of(
            subscribed(RawStreams.readAll()),
            subscribed(orders()),
            subscribed(RawStreams.readStream("missing")));
    for (Answers<ReadReq, ReadResp> answers : all) {
      answers.await(2);
    }
    node.close();
    for (Answers<ReadReq, ReadResp> answers : all) {
      assertThat(result(answers.end).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  private Answers<ReadReq, ReadResp> subscribed(Options.Builder options) {
    return subscribed(options, Answers.asTheyCome());
  }

  private Answers<ReadReq, ReadResp> subscribedOnDemand(Options.Builder options) {
    return subscribed(options, Answers.onDemand());
  }

  private Answers<ReadReq, ReadResp> subscribed(
      Options.Builder options, Answers<ReadReq, ReadResp> answers) {
    options.setSubscription(SubscriptionOptions.getDefaultInstance());
    raw.calls().read(RawStreams.request(options), answers);
    return answers;
  }

  private static Options.Builder orders() {
    return RawStreams.readAll()
        .setFilter(
            FilterOptions.newBuilder()
                .setStreamIdentifier(Expression.newBuilder().addPrefix("order-"))
                .setMax(10)
                .setCheckpointIntervalMultiplier(2));
  }

  private static AllOptions after(long position) {
    return AllOptions.newBuilder()
        .setPosition(
            Options.Position.newBuilder().setCommitPosition(position).setPreparePosition(position))
        .build();
  }

  private static EventData[] large(int count) {
    return Stream.generate(UUID::randomUUID)
        .limit(count)
        .map(id -> EventDataBuilder.binary(id, "t", new byte[2_000]).build())
        .toArray(EventData[]::new);
  }

  private static List<Long> revisions(List<ReadResp> answers) {
    return answers.stream()
        .filter(ReadResp::hasEvent)
        .map(answer -> answer.getEvent().getEvent().getStreamRevision())
        .toList();
  }

  private static List<Long> checkpoints(List<ReadResp> answers) {
    return answers.stream()
        .filter(ReadResp::hasCheckpoint)
        .map(answer -> answer.getCheckpoint().getCommitPosition())
        .toList();
  }

  private void metadata(String json) throws Exception {
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    append(
        "$$s",
        ExpectedRevision.any(),
        EventDataBuilder.json(UUID.randomUUID(), "$metadata", data).build());
  }
}
