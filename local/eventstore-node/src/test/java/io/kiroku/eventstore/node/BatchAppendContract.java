package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.ExpectedRevision;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.rpc.Code;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq.ProposedMessage;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many appends in one call, as the Node.js client makes them.
abstract class BatchAppendContract extends NodeTest {
  private static final com.google.protobuf.Empty EMPTY =
      com.google.protobuf.Empty.getDefaultInstance();
  private static final int SIZE_MAX = 10_000;
  private static final int HELD_BYTES_MAX = 16 << 20;

  private RawStreams raw;
  private Answers<BatchAppendReq, BatchAppendResp> answers;
  private StreamObserver<BatchAppendReq> call;

  @SuppressWarnings("NullAway.Init") // set before each test
  BatchAppendContract(Kind kind) {
    super(kind);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().appendBytesMax(SIZE_MAX);
  }

  @BeforeEach
  void startCall() {
    raw = new RawStreams(node);
    answers = Answers.asTheyCome();
    call = raw.calls().batchAppend(answers);
  }

  @AfterEach
  void endCall() throws Exception {
    raw.close();
  }

  @Test
  void append_in_chunks_is_one_write() throws Exception {
    call.onNext(chunk(1, toAny("s")).addProposedMessages(message(0)).build());
    call.onNext(chunk(1).addProposedMessages(message(1)).addProposedMessages(message(2)).build());
    assertThat(answers.all()).isEmpty();
    call.onNext(chunk(1).setIsFinal(true).build());
    BatchAppendResp answer = answers.await(1).getFirst();
    assertThat(answer.getCorrelationId()).isEqualTo(RawStreams.uuid(id(1)));
    assertThat(answer.getStreamIdentifier()).isEqualTo(RawStreams.stream("s"));
    assertThat(answer.getSuccess().getCurrentRevision()).isEqualTo(2);
    assertThat(answer.getSuccess().getPosition().getCommitPosition()).isEqualTo(node.end() - 1);
    assertThat(answer.getSuccess().getPosition().getPreparePosition()).isEqualTo(node.end() - 1);
    assertThat(read("s").stream().map(event -> event.getEvent().getEventId()))
        .containsExactly(id(0), id(1), id(2));
  }

  @Test
  void trap_5_every_correlation_id_is_answered_exactly_once() throws Exception {
    int appends = 30;
    for (int i = 0; i < appends; i++) {
      call.onNext(chunk(i, toAny("s-" + i % 7)).addProposedMessages(message(2 * i)).build());
      if (i % 3 == 0) { // too big, and there is more to come
        call.onNext(chunk(i).addProposedMessages(message(7, new byte[SIZE_MAX])).build());
      } else if (i % 3 == 1) { // wrong
        call.onNext(chunk(i).addProposedMessages(ProposedMessage.getDefaultInstance()).build());
      }
    }
    for (int i = 0; i < appends; i++) {
      call.onNext(chunk(i).addProposedMessages(message(2 * i + 1)).setIsFinal(true).build());
      call.onNext(chunk(i).addProposedMessages(message(5)).setIsFinal(true).build());
    }
    call.onCompleted();
    assertThat(end()).isEqualTo(Status.OK);
    assertThat(answers.all().stream().map(BatchAppendResp::getCorrelationId))
        .hasSize(appends)
        .doesNotHaveDuplicates();
    assertThat(answers.all().stream().filter(BatchAppendResp::hasSuccess)).hasSize(appends / 3);
  }

  @Test
  void appends_of_one_call_are_written_in_their_order() throws Exception {
    int appends = 200;
    for (int i = 0; i < appends; i++) {
      call.onNext(whole(i, toAny("s"), message(i)));
    }
    call.onCompleted();
    assertThat(end()).isEqualTo(Status.OK);
    assertThat(read("s").stream().map(event -> event.getEvent().getEventId()))
        .isEqualTo(IntStream.range(0, appends).mapToObj(NodeTest::id).toList());
  }

  @Test
  void repeated_append_is_answered_as_the_first_time() {
    call.onNext(whole(1, toNew("s"), message(0)));
    BatchAppendResp first = answers.await(1).getFirst();
    call.onNext(whole(2, toAny("other"), message(1)));
    call.onNext(whole(3, toNew("s"), message(0)));
    assertThat(answers.await(3).getLast().getSuccess()).isEqualTo(first.getSuccess());
  }

  @Test
  void no_events_answer_with_the_current_revision() throws Exception {
    call.onNext(whole(1, toAny("s")));
    assertThat(answers.await(1).getFirst().getSuccess().hasNoStream()).isTrue();
    append("s", ExpectedRevision.any(), events(3));
    call.onNext(whole(2, toAny("s")));
    assertThat(answers.await(2).getLast().getSuccess().getCurrentRevision()).isEqualTo(2);
  }

  @Test
  void trap_7_wrong_expected_version_is_a_status_in_the_answer() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    call.onNext(whole(1, to("s", options -> options.setStreamPosition(7)), message(0)));
    call.onNext(whole(2, to("missing", options -> options.setStreamExists(EMPTY)), message(0)));
    call.onNext(whole(3, toNew("s"), message(0)));
    List<BatchAppendResp> refused = answers.await(3);
    assertThat(refused)
        .allSatisfy(answer -> {
          assertThat(answer.getError().getCode()).isEqualTo(Code.ALREADY_EXISTS);
          assertThat(answer.getError().getMessage()).isEqualTo("WrongExpectedVersion");
        });
    Shared.WrongExpectedVersion.Builder is2 =
        Shared.WrongExpectedVersion.newBuilder().setCurrentStreamRevision(2);
    Shared.WrongExpectedVersion.Builder isNone =
        Shared.WrongExpectedVersion.newBuilder().setCurrentNoStream(EMPTY);
    assertThat(details(refused.get(0), Shared.WrongExpectedVersion.class))
        .isEqualTo(is2.clone().setExpectedStreamPosition(7).build());
    assertThat(details(refused.get(1), Shared.WrongExpectedVersion.class))
        .isEqualTo(isNone.setExpectedStreamExists(EMPTY).build());
    assertThat(details(refused.get(2), Shared.WrongExpectedVersion.class))
        .isEqualTo(is2.clone().setExpectedNoStream(EMPTY).build());
  }

  @Test
  void errors_tell_their_kind_by_their_details() throws Exception {
    append("gone", ExpectedRevision.any(), events(1));
    result(client.tombstoneStream("gone"));
    call.onNext(whole(1, toAny("gone"), message(0)));
    call.onNext(whole(2, toAny("$all"), message(0)));
    call.onNext(whole(3, toAny("s"), message(0, new byte[SIZE_MAX])));
    call.onNext(whole(4, toAny("s"), message(0).toBuilder().removeMetadata("type").build()));
    call.onNext(whole(5, to("s", options -> options), message(0)));
    call.onNext(whole(6, toAny(""), message(0)));
    call.onNext(whole(7, toAny("$ce-s"), message(0)));
    call.onCompleted();
    assertThat(end()).isEqualTo(Status.OK);
    assertThat(codes())
        .containsExactlyInAnyOrder(
            "1 NOT_FOUND StreamDeleted",
            "2 PERMISSION_DENIED AccessDenied",
            "3 INVALID_ARGUMENT MaximumAppendSizeExceeded",
            "4 INVALID_ARGUMENT BadRequest",
            "5 INVALID_ARGUMENT BadRequest",
            "6 INVALID_ARGUMENT BadRequest",
            "7 FAILED_PRECONDITION InvalidTransaction");
  }

  @Test
  void who_does_not_wait_hears_of_a_timeout_at_once() throws Exception {
    Timestamp past = Timestamp.newBuilder().setSeconds(1).build();
    Timestamp future = Timestamp.newBuilder().setSeconds(4_000_000_000L).build();
    Duration none = Duration.getDefaultInstance();
    Duration some = Duration.newBuilder().setSeconds(60).build();
    call.onNext(whole(1, to("s", o -> o.setAny(EMPTY).setDeadline21100(past)), message(1)));
    call.onNext(whole(2, to("s", o -> o.setAny(EMPTY).setDeadline(none)), message(2)));
    call.onNext(whole(3, to("s", o -> o.setAny(EMPTY).setDeadline21100(future)), message(3)));
    call.onNext(whole(4, to("s", o -> o.setAny(EMPTY).setDeadline(some)), message(4)));
    call.onCompleted();
    assertThat(end()).isEqualTo(Status.OK);
    assertThat(codes())
        .containsExactlyInAnyOrder(
            "1 DEADLINE_EXCEEDED Timeout", "2 DEADLINE_EXCEEDED Timeout", "3", "4");
    assertThat(read("s")).hasSize(2);
  }

  @Test
  void append_that_is_not_complete_in_time_is_forgotten() throws Exception {
    Duration soon = Duration.newBuilder().setNanos(100_000_000).build();
    call.onNext(
        chunk(1, to("s", o -> o.setAny(EMPTY).setDeadline(soon)))
            .addProposedMessages(message(1))
            .build());
    answers.await(1);
    call.onNext(chunk(1).addProposedMessages(message(2)).setIsFinal(true).build());
    call.onNext(whole(2, toAny("s"), message(3)));
    call.onCompleted();
    assertThat(end()).isEqualTo(Status.OK);
    assertThat(codes()).containsExactly("1 DEADLINE_EXCEEDED Timeout", "2");
    assertThat(read("s")).hasSize(1);
  }

  @Test
  void trap_15_who_takes_no_answers_is_not_listened_to() throws Exception {
    Answers<BatchAppendReq, BatchAppendResp> slow = Answers.onDemand();
    StreamObserver<BatchAppendReq> flooding = raw.calls().batchAppend(slow);
    int[] sent = {0};
    await()
        .atMost(java.time.Duration.ofSeconds(WAIT_SECONDS))
        .during(java.time.Duration.ofMillis(300))
        .until(() -> {
          boolean taken = slow.call().isReady();
          for (; slow.call().isReady(); sent[0]++) {
            flooding.onNext(whole(sent[0], toAny("s-" + sent[0] % 100), message(sent[0])));
          }
          return !taken;
        });
    flooding.onCompleted();
    slow.request(Integer.MAX_VALUE);
    assertThat(result(slow.end)).isEqualTo(Status.OK);
    assertThat(slow.all().stream().map(BatchAppendResp::getCorrelationId))
        .hasSize(sent[0])
        .doesNotHaveDuplicates();
  }

  @Test
  void who_leaves_much_unfinished_is_not_listened_to() {
    int bytes = 100_000;
    var big = toAny("s").toBuilder().setUnknownFields(Requests.unknown(bytes)).build();
    long sent = 0;
    long end = System.nanoTime() + java.time.Duration.ofMillis(1_500).toNanos(); // none times out
    while (System.nanoTime() < end && sent < 4L * HELD_BYTES_MAX) {
      if (answers.call().isReady()) {
        call.onNext(chunk((int) (sent / bytes), big).build());
        sent += bytes;
      }
    }
    assertThat(sent).isLessThan(HELD_BYTES_MAX + HELD_BYTES_MAX / 4);
  }

  @Test
  void trap_3_closing_the_node_ends_the_call_with_unavailable() throws Exception {
    call.onNext(chunk(1, toAny("s")).addProposedMessages(message(1)).build());
    call.onNext(whole(2, toAny("s"), message(2)));
    answers.await(1);
    node.close();
    assertThat(end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(codes()).containsExactly("2", "1 UNAVAILABLE Empty");
  }

  private Status end() throws Exception {
    return result(answers.end);
  }

  /// Number of the append, and its error if there is one.
  private List<String> codes() {
    return answers.all().stream()
        .map(answer -> {
          UUID id = UUID.fromString(answer.getCorrelationId().getString());
          String number = Long.toString(id.getLeastSignificantBits() - 1);
          String kind = answer.getError().getDetails().getTypeUrl().replaceFirst(".*\\.", "");
          return answer.hasSuccess()
              ? number
              : number + " " + answer.getError().getCode() + " " + kind;
        })
        .toList();
  }

  private static <T extends com.google.protobuf.Message> T details(
      BatchAppendResp answer, Class<T> type) throws Exception {
    return answer.getError().getDetails().unpack(type);
  }

  private static BatchAppendReq.Builder chunk(int number) {
    return BatchAppendReq.newBuilder().setCorrelationId(RawStreams.uuid(id(number)));
  }

  private static BatchAppendReq.Builder chunk(int number, BatchAppendReq.Options options) {
    return chunk(number).setOptions(options);
  }

  private static BatchAppendReq whole(
      int number, BatchAppendReq.Options options, ProposedMessage... messages) {
    return chunk(number, options)
        .addAllProposedMessages(Arrays.asList(messages))
        .setIsFinal(true)
        .build();
  }

  private static BatchAppendReq.Options to(
      String stream, UnaryOperator<BatchAppendReq.Options.Builder> expecting) {
    return expecting
        .apply(BatchAppendReq.Options.newBuilder().setStreamIdentifier(RawStreams.stream(stream)))
        .build();
  }

  private static BatchAppendReq.Options toAny(String stream) {
    return to(stream, options -> options.setAny(EMPTY));
  }

  private static BatchAppendReq.Options toNew(String stream) {
    return to(stream, options -> options.setNoStream(EMPTY));
  }

  private static ProposedMessage message(int number) {
    return message(number, new byte[] {1});
  }

  private static ProposedMessage message(int number, byte[] data) {
    return ProposedMessage.newBuilder()
        .setId(RawStreams.uuid(id(number)))
        .putMetadata("type", "t")
        .putMetadata("content-type", "application/octet-stream")
        .setData(ByteString.copyFrom(data))
        .build();
  }
}
