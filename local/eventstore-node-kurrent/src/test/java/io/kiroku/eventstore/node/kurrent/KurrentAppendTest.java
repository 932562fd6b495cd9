package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.kurrent.dbclient.AppendStreamRequest;
import io.kurrent.dbclient.DeleteStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.StreamDeletedException;
import io.kurrent.dbclient.StreamNotFoundException;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WriteResult;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Appends and deletes.
final class KurrentAppendTest extends KurrentTest {
  KurrentAppendTest(SharedNode node) throws SQLException {
    super(node);
  }

  @Test
  void event_comes_back_as_it_was_given() {
    byte[] bytes = {0, 1, -1, 127, -128};
    EventData json = event("注文");
    EventData binary =
        EventDataBuilder.binary(UUID.randomUUID(), "blob", bytes).metadataAsBytes(bytes).build();
    WriteResult result = append(json, binary);
    List<RecordedEvent> read = read().stream().map(e -> e.getEvent()).toList();
    assertThat(read.getFirst().getEventId()).isEqualTo(json.getEventId());
    assertThat(read.getFirst().getEventType()).isEqualTo("注文");
    assertThat(read.getFirst().getEventData()).isEqualTo(json.getEventData());
    assertThat(read.getFirst().getContentType()).isEqualTo("application/json");
    assertThat(read.getFirst().getCreated())
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    assertThat(read.getLast().getContentType()).isEqualTo("application/octet-stream");
    assertThat(read.getLast().getEventData()).isEqualTo(bytes);
    assertThat(read.getLast().getUserMetadata()).isEqualTo(bytes);
    assertThat(read.getLast().getPosition()).isEqualTo(result.getLogPosition());
    assertThat(result.getNextExpectedRevision()).isEqualTo(StreamState.streamRevision(1));
  }

  @Test
  void wrong_expectations_are_named() {
    StreamState none = StreamState.noStream();
    assertWrong(StreamState.streamExists(), StreamState.streamExists(), none);
    assertWrong(StreamState.streamRevision(3), StreamState.streamRevision(3), none);
    append(stream, none, events(2));
    StreamState last = StreamState.streamRevision(1);
    assertWrong(StreamState.streamRevision(0), StreamState.streamRevision(0), last);
    assertWrong(StreamState.streamRevision(2), StreamState.streamRevision(2), last);
    assertWrong(none, StreamState.streamRevision(0), last); // so the client reads the answer
    append(stream, StreamState.streamRevision(1), events(1));
    append(stream, StreamState.streamExists(), events(1));
    assertThat(read()).hasSize(4);
  }

  @Test
  void repeated_append_is_answered_as_before() {
    EventData[] same = events(2);
    WriteResult first = append(stream, StreamState.noStream(), same);
    append(events(1));
    // The client's results are equal only to themselves.
    assertThat(append(stream, StreamState.noStream(), same)).hasToString(first.toString());
    assertThat(append(same)).hasToString(first.toString());
    assertThat(read()).hasSize(3);
  }

  @Test
  void too_big_an_append_is_refused() {
    EventData half = EventDataBuilder.binary(UUID.randomUUID(), "big", new byte[600 << 10]).build();
    assertFails(() -> append(half, half), Status.Code.INVALID_ARGUMENT);
    append(stream, StreamState.noStream(), half);
  }

  @Test
  void deleted_stream_is_not_found_and_can_be_written_to_again() {
    append(events(3));
    assertThatThrownBy(
            () -> result(client.deleteStream(stream, DeleteStreamOptions.get().streamRevision(1))))
        .hasCauseInstanceOf(WrongExpectedVersionException.class);
    result(client.deleteStream(stream, DeleteStreamOptions.get().streamRevision(2)));
    assertThatThrownBy(this::read).hasCauseInstanceOf(StreamNotFoundException.class);
    assertThatThrownBy(() -> append(stream, StreamState.streamExists(), events(1)))
        .hasCauseInstanceOf(StreamDeletedException.class);
    append(stream, StreamState.noStream(), events(1));
    assertThat(revisions(read())).containsExactly(3L);
  }

  @Test
  void tombstone_is_for_ever() {
    append(events(1));
    result(client.tombstoneStream(stream));
    assertThatThrownBy(() -> append(events(1))).hasCauseInstanceOf(StreamDeletedException.class);
    assertFails(this::read, Status.Code.FAILED_PRECONDITION);
    assertThatThrownBy(() -> result(client.deleteStream(stream)))
        .hasCauseInstanceOf(StreamDeletedException.class);
    assertThatThrownBy(() -> result(client.tombstoneStream(stream)))
        .hasCauseInstanceOf(StreamDeletedException.class);
  }

  @Test
  void append_to_many_streams_is_not_offered() {
    var request = new AppendStreamRequest(stream, List.of(events(1)).iterator(), StreamState.any());
    assertThatThrownBy(() -> result(client.multiStreamAppend(List.of(request).iterator())))
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void reads_go_both_ways_and_as_far_as_asked() {
    append(events(10));
    assertThat(revisions(read(ReadStreamOptions.get().fromRevision(7))))
        .containsExactly(7L, 8L, 9L);
    assertThat(revisions(read(ReadStreamOptions.get().fromRevision(2).maxCount(2))))
        .containsExactly(2L, 3L);
    assertThat(revisions(read(ReadStreamOptions.get().backwards().fromEnd().maxCount(2))))
        .containsExactly(9L, 8L);
    assertThat(revisions(read(ReadStreamOptions.get().backwards().fromRevision(1))))
        .containsExactly(1L, 0L);
    assertThat(result(client.readStream(stream, ReadStreamOptions.get())).getLastStreamPosition())
        .isEqualTo(9);
  }

  private void assertWrong(StreamState expected, StreamState told, StreamState actual) {
    assertThatThrownBy(() -> append(stream, expected, events(1)))
        .cause()
        .isInstanceOfSatisfying(
            WrongExpectedVersionException.class,
            wrong -> {
              assertThat(wrong.getStreamName()).isEqualTo(stream);
              assertThat(wrong.getExpectedState()).isEqualTo(told);
              assertThat(wrong.getActualState()).isEqualTo(actual);
            });
  }

  private static void assertFails(ThrowingCallable call, Status.Code code) {
    assertThatThrownBy(call)
        .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(code));
  }
}
