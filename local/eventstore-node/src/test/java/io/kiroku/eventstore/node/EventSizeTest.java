package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.shared.Shared.MaximumAppendEventSizeExceeded;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A node that limits each event of an append.
final class EventSizeTest extends RawNodeTest {
  private static final int SIZE_MAX = 1_000;
  private static final String TYPE = "four";

  EventSizeTest() {
    super(Kind.MEMORY);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().eventBytesMax(SIZE_MAX);
  }

  private static ProposedMessage.Builder event(int bytes) {
    return Requests.proposal()
        .putMetadata("type", TYPE)
        .setCustomMetadata(ByteString.copyFrom(new byte[100]))
        .setData(ByteString.copyFrom(new byte[bytes - 100 - 2 * TYPE.length()]));
  }

  private Answers<AppendReq, AppendResp> append(ProposedMessage.Builder... events) {
    Answers<AppendReq, AppendResp> answers = Answers.asTheyCome();
    StreamObserver<AppendReq> call = raw.calls().append(answers);
    call.onNext(Requests.options(Requests.appendTo("s")));
    List.of(events).forEach(event -> call.onNext(Requests.proposed(event)));
    call.onCompleted();
    return answers;
  }

  private BatchAppendResp batch(ProposedMessage.Builder event) {
    Answers<BatchAppendReq, BatchAppendResp> answers = Answers.asTheyCome();
    BatchAppendReq whole = Requests.batch("s");
    var proposed =
        whole.getProposedMessages(0).toBuilder()
            .setId(event.getId())
            .putAllMetadata(event.getMetadataMap())
            .setCustomMetadata(event.getCustomMetadata())
            .setData(event.getData());
    StreamObserver<BatchAppendReq> call = raw.calls().batchAppend(answers);
    call.onNext(whole.toBuilder().setProposedMessages(0, proposed).build());
    return answers.await(1).getFirst();
  }

  @Test
  void limit_is_of_each_event_and_not_of_all_together() throws Exception {
    assertThat(result(append(event(SIZE_MAX), event(SIZE_MAX)).end)).isEqualTo(Status.OK);
    assertThat(batch(event(SIZE_MAX)).hasSuccess()).isTrue();
    assertThat(read("s")).hasSize(3);
  }

  @Test
  void append_with_one_that_is_too_big_is_refused_and_says_which() throws Exception {
    ProposedMessage.Builder big = event(SIZE_MAX + 1);
    Throwable failure = result(append(event(SIZE_MAX), big).failure);
    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(failure));
    assertThat(trailer(trailers, "exception")).isEqualTo("maximum-append-event-size-exceeded");
    assertThat(trailer(trailers, "maximum-append-event-size")).isEqualTo("1000");
    assertThat(trailer(trailers, "proposed-append-event-size")).isEqualTo("1001");
    assertThat(trailer(trailers, "event-id")).isEqualTo(big.getId().getString());
  }

  @Test
  void batched_append_is_told_the_same_in_its_details() throws Exception {
    ProposedMessage.Builder big = event(SIZE_MAX + 1);
    var error = batch(big).getError();
    assertThat(error.getCodeValue()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(error.getMessage()).isEqualTo("MaximumAppendEventSizeExceeded");
    assertThat(error.getDetails().unpack(MaximumAppendEventSizeExceeded.class))
        .isEqualTo(
            MaximumAppendEventSizeExceeded.newBuilder()
                .setEventId(big.getId().getString())
                .setProposedEventSize(SIZE_MAX + 1)
                .setMaxAppendEventSize(SIZE_MAX)
                .build());
  }

  private static String trailer(Metadata trailers, String key) {
    return String.valueOf(trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
  }
}
