package io.kiroku.eventstore.node;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.WrongExpectedVersionException;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.DeleteReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.TombstoneReq;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What is refused, and how: status, and trailers by which clients know what happened.
abstract class StreamErrorContract extends RawNodeTest {
  private static final int SIZE_MAX = 16 << 20;
  private static final String NON_ASCII = "注文-é";

  StreamErrorContract(Kind kind) {
    super(kind);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().appendBytesMax(SIZE_MAX);
  }

  @Test
  void trap_7_wrong_version_is_a_response_of_an_append_but_an_error_of_a_delete() throws Exception {
    append("s", ExpectedRevision.any(), events(2));
    AppendResp response = result(append(options("s").setRevision(7), message()));
    assertThat(response.getWrongExpectedVersion().getCurrentRevision()).isEqualTo(1);
    assertThat(response.getWrongExpectedVersion().getCurrentRevision2060()).isEqualTo(1);
    assertThat(response.getWrongExpectedVersion().getExpectedRevision()).isEqualTo(7);
    assertThat(response.getWrongExpectedVersion().getExpectedRevision2060()).isEqualTo(7);
    StatusRuntimeException error = failed(() -> raw.blocking().delete(delete("s", 7)));
    assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(trailers(error))
        .containsEntry("exception", "wrong-expected-version")
        .containsEntry("stream-name", "s")
        .containsEntry("expected-version", "7")
        .containsEntry("actual-version", "1");
  }

  @Test
  void names_beyond_ascii_do_not_spoil_the_trailers() throws Exception {
    append(NON_ASCII, ExpectedRevision.any(), events(1));
    assertThatThrownBy(() ->
            result(
                client.deleteStream(
                    NON_ASCII,
                    (DeleteStreamOptions)
                        DeleteStreamOptions.get()
                            .expectedRevision(ExpectedRevision.expectedRevision(5)))))
        .isInstanceOf(WrongExpectedVersionException.class);
    result(client.tombstoneStream(NON_ASCII));
    assertThatThrownBy(() -> append(NON_ASCII, ExpectedRevision.any(), events(1)))
        .isInstanceOf(StreamDeletedException.class);
    StatusRuntimeException error =
        failed(() ->
            raw.blocking()
                .read(RawStreams.request(RawStreams.readStream(NON_ASCII)))
                .forEachRemaining(_ -> {}));
    assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.getStatus().getDescription()).contains(NON_ASCII);
    assertThat(trailers(error))
        .containsEntry("exception", "stream-deleted")
        .containsEntry("stream-name", "??-?");
  }

  @Test
  void append_size_counts_data_and_metadata_and_two_bytes_for_each_letter_of_the_type()
      throws Exception {
    ProposedMessage.Builder fits =
        message().toBuilder()
            .putMetadata("type", "four")
            .setCustomMetadata(ByteString.copyFrom(new byte[1000]))
            .setData(ByteString.copyFrom(new byte[SIZE_MAX - 1000 - 2 * 4]));
    assertThat(result(append(options("s").setAny(RawStreams.EMPTY), fits.build())).hasSuccess())
        .isTrue();
    StatusRuntimeException error =
        refused(
            options("s").setAny(RawStreams.EMPTY),
            fits.clone().putMetadata("type", "fiver").build());
    assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(trailers(error))
        .containsEntry("exception", "maximum-append-size-exceeded")
        .containsEntry("maximum-append-size", Integer.toString(SIZE_MAX));
    assertThat(read("s")).hasSize(1);
  }

  @Test
  void trap_16_event_of_almost_16_mib_comes_back_and_a_greater_message_hurts_nobody()
      throws Exception {
    byte[] data = new byte[SIZE_MAX - 10_000];
    data[data.length - 1] = 1;
    append(
        "s",
        ExpectedRevision.any(),
        EventDataBuilder.binary(UUID.randomUUID(), "big", data).build());
    assertThat(read("s").getFirst().getEvent().getEventData()).isEqualTo(data);
    ByteString more = ByteString.copyFrom(new byte[2 * SIZE_MAX]);
    StatusRuntimeException error =
        refused(options("s").setAny(RawStreams.EMPTY), message().toBuilder().setData(more).build());
    assertThat(error.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(read("s")).hasSize(1);
  }

  @Test
  void event_needs_an_id_a_type_and_a_content_type() throws Exception {
    for (String key : List.of("type", "content-type")) {
      StatusRuntimeException error =
          refused(
              options("s").setAny(RawStreams.EMPTY),
              message().toBuilder().removeMetadata(key).build());
      assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(trailers(error))
          .containsEntry("exception", "missing-required-metadata-property")
          .containsEntry("required-metadata-properties", "type,content-type");
    }
    assertInvalid(
        options("s").setAny(RawStreams.EMPTY),
        message().toBuilder().setId(RawStreams.uuid(new UUID(0, 0))).build());
    assertInvalid(options("s").setAny(RawStreams.EMPTY), message().toBuilder().clearId().build());
  }

  @Test
  void all_cannot_be_written_to_or_deleted() throws Exception {
    StatusRuntimeException error = refused(options("$all").setAny(RawStreams.EMPTY), message());
    assertThat(error.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(trailers(error)).containsEntry("exception", "access-denied");
    assertThat(failed(() -> raw.blocking().delete(delete("$all", 0))).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void names_that_are_none_are_refused_everywhere() throws Exception {
    for (String name : List.of("", "$$", "nul\0", "x".repeat(601))) {
      assertInvalid(options(name).setAny(RawStreams.EMPTY), message());
      assertThat(failed(() -> raw.blocking().delete(delete(name, 0))).getStatus().getCode())
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(
              failed(() ->
                      raw.blocking()
                          .read(RawStreams.request(RawStreams.readStream(name)))
                          .forEachRemaining(_ -> {}))
                  .getStatus()
                  .getCode())
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void expected_revision_is_mandatory_and_within_64_bits() throws Exception {
    assertInvalid(options("s"), message());
    DeleteReq.Options.Builder delete =
        DeleteReq.Options.newBuilder().setStreamIdentifier(RawStreams.stream("s"));
    assertThat(
            failed(() -> raw.blocking().delete(DeleteReq.newBuilder().setOptions(delete).build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    TombstoneReq.Options.Builder tombstone =
        TombstoneReq.Options.newBuilder().setStreamIdentifier(RawStreams.stream("s"));
    assertThat(
            failed(() ->
                    raw.blocking()
                        .tombstone(TombstoneReq.newBuilder().setOptions(tombstone).build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused(options("s").setRevision(-2), message()).getStatus().getCode())
        .isEqualTo(Code.UNKNOWN);
    assertThat(result(append(options("s").setRevision(-1), message())).hasSuccess()).isTrue();
    assertThat(result(append(options("s").setRevision(-1), message())).hasWrongExpectedVersion())
        .isTrue();
  }

  @Test
  void append_says_its_options_first_and_once() throws Exception {
    AppendReq options =
        AppendReq.newBuilder().setOptions(options("s").setAny(RawStreams.EMPTY)).build();
    AppendReq event = AppendReq.newBuilder().setProposedMessage(message()).build();
    for (List<AppendReq> requests :
        List.of(
            List.<AppendReq>of(),
            List.of(event, options),
            List.of(options, options),
            List.of(options, AppendReq.getDefaultInstance()))) {
      Answers<AppendReq, AppendResp> answers = appended(requests.stream());
      assertThat(result(answers.end).getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    }
    assertThat(node.end()).isEqualTo(8); // what a fresh log begins with
  }

  private void assertInvalid(Options.Builder options, ProposedMessage message) throws Exception {
    assertThat(refused(options, message).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private StatusRuntimeException refused(Options.Builder options, ProposedMessage message)
      throws Exception {
    return (StatusRuntimeException) result(appended(options, message).failure);
  }

  private CompletableFuture<AppendResp> append(Options.Builder options, ProposedMessage message) {
    Answers<AppendReq, AppendResp> answers = appended(options, message);
    return answers.end.thenApply(_ -> answers.all().getFirst());
  }

  private Answers<AppendReq, AppendResp> appended(
      Options.Builder options, ProposedMessage message) {
    return appended(
        Stream.of(
            AppendReq.newBuilder().setOptions(options).build(),
            AppendReq.newBuilder().setProposedMessage(message).build()));
  }

  private Answers<AppendReq, AppendResp> appended(Stream<AppendReq> requests) {
    Answers<AppendReq, AppendResp> answers = Answers.asTheyCome();
    StreamObserver<AppendReq> call = raw.calls().append(answers);
    requests.forEach(call::onNext);
    call.onCompleted();
    return answers;
  }

  private static Options.Builder options(String stream) {
    return Options.newBuilder().setStreamIdentifier(RawStreams.stream(stream));
  }

  private static ProposedMessage message() {
    return ProposedMessage.newBuilder()
        .setId(RawStreams.uuid(UUID.randomUUID()))
        .putMetadata("type", "t")
        .putMetadata("content-type", "application/octet-stream")
        .build();
  }

  private static DeleteReq delete(String stream, long revision) {
    return DeleteReq.newBuilder()
        .setOptions(
            DeleteReq.Options.newBuilder()
                .setStreamIdentifier(RawStreams.stream(stream))
                .setRevision(revision))
        .build();
  }

  private static StatusRuntimeException failed(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private static Map<String, String> trailers(StatusRuntimeException error) {
    Metadata trailers = Objects.requireNonNull(error.getTrailers());
    return trailers.keys().stream()
        .collect(
            Collectors.toMap(
                key -> key,
                key ->
                    String.valueOf(trailers.get(Metadata.Key.of(key, ASCII_STRING_MARSHALLER)))));
  }
}
