package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Deleting for a while and for ever, and what is left.
abstract class DeletionContract extends NodeTest {
  DeletionContract(Kind kind) {
    super(kind);
  }

  @Test
  void soft_delete_is_metadata_that_replaces_all_other() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(2L);
    result(client.setStreamMetadata("s", metadata));
    delete("s", ExpectedRevision.expectedRevision(2));
    assertThat(data("$$s")).isEqualTo("{\"$tb\":9223372036854775807}");
  }

  @Test
  void append_to_a_soft_deleted_stream_cuts_off_the_past_and_keeps_the_other_keys()
      throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    metadata("s", "{\"$tb\":9223372036854775807,\"$maxCount\":10,\"owner\":\"me\"}");
    assertThatThrownBy(() -> read("s")).isInstanceOf(StreamNotFoundException.class);
    append("s", ExpectedRevision.any(), events(2));
    assertThat(revisions("s")).containsExactly(3L, 4L);
    assertThat(data("$$s")).isEqualTo("{\"$tb\":3,\"$maxCount\":10,\"owner\":\"me\"}");
    restart();
    assertThat(revisions("s")).containsExactly(3L, 4L);
  }

  @Test
  void soft_deleted_stream_takes_any_none_once_and_its_last_revision_only() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    delete("s", ExpectedRevision.any());
    assertThatThrownBy(() -> append("s", ExpectedRevision.streamExists(), events(1)))
        .isInstanceOf(StreamDeletedException.class);
    assertThatThrownBy(() -> append("s", ExpectedRevision.expectedRevision(1), events(1)))
        .isInstanceOf(WrongExpectedVersionException.class);
    append("s", ExpectedRevision.expectedRevision(2), events(1));
    delete("s", ExpectedRevision.streamExists());
    append("s", ExpectedRevision.noStream(), events(1));
    assertThatThrownBy(() -> append("s", ExpectedRevision.noStream(), events(1)))
        .isInstanceOf(WrongExpectedVersionException.class);
    assertThat(revisions("s")).containsExactly(4L);
  }

  @Test
  void soft_deleted_stream_can_be_deleted_again_but_not_as_one_that_exists() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    delete("s", ExpectedRevision.any());
    delete("s", ExpectedRevision.any());
    assertThatThrownBy(() -> delete("s", ExpectedRevision.streamExists()))
        .isInstanceOf(StreamDeletedException.class);
  }

  @Test
  void missing_stream_cannot_be_soft_deleted_whatever_is_expected() {
    for (ExpectedRevision expected :
        List.of(
            ExpectedRevision.any(), ExpectedRevision.noStream(), ExpectedRevision.streamExists())) {
      assertThatThrownBy(() -> delete("missing", expected))
          .isInstanceOf(WrongExpectedVersionException.class);
    }
  }

  @Test
  void stream_of_metadata_only_counts_as_one_that_exists() throws Exception {
    metadata("s", "{\"$maxCount\":3}");
    assertThatThrownBy(() -> read("s")).isInstanceOf(StreamNotFoundException.class);
    append("s", ExpectedRevision.streamExists(), events(1));
    metadata("t", "{}");
    delete("t", ExpectedRevision.noStream());
  }

  @Test
  void new_metadata_bring_a_soft_deleted_stream_back_without_its_past() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    delete("s", ExpectedRevision.any());
    metadata("s", "{\"owner\":\"me\"}");
    assertThat(data("$$s")).isEqualTo("{\"owner\":\"me\",\"$tb\":3}");
    assertThat(read("s")).isEmpty();
    append("s", ExpectedRevision.streamExists(), events(1));
    assertThat(revisions("s")).containsExactly(3L);
    metadata("never", "{\"$tb\":9223372036854775807}");
    metadata("never", "{}");
    assertThat(data("$$never")).isEqualTo("{\"$tb\":0}");
  }

  @Test
  void tombstone_needs_no_stream_and_ends_its_metadata_too() throws Exception {
    result(client.tombstoneStream("missing"));
    append("s", ExpectedRevision.any(), events(1));
    metadata("s", "{\"owner\":\"me\"}");
    result(client.tombstoneStream("s"));
    for (String stream : List.of("missing", "s", "$$s")) {
      assertThatThrownBy(() -> append(stream, ExpectedRevision.any(), events(1)))
          .isInstanceOf(StreamDeletedException.class);
      assertThatThrownBy(() -> read(stream))
          .satisfies(e ->
              assertThat(Status.fromThrowable(e).getCode())
                  .isEqualTo(Status.Code.FAILED_PRECONDITION));
    }
    assertThatThrownBy(() -> result(client.tombstoneStream("s")))
        .isInstanceOf(StreamDeletedException.class);
    assertThatThrownBy(() -> delete("s", ExpectedRevision.any()))
        .isInstanceOf(StreamDeletedException.class);
  }

  @Test
  void trap_9_all_still_shows_what_was_deleted_and_how() throws Exception {
    append("soft", ExpectedRevision.any(), events(2));
    delete("soft", ExpectedRevision.any());
    append("hard", ExpectedRevision.any(), events(1));
    result(client.tombstoneStream("hard"));
    List<RecordedEvent> all =
        result(client.readAll(ReadAllOptions.get())).getEvents().stream()
            .map(ResolvedEvent::getEvent)
            .toList();
    assertThat(all.stream().map(event -> event.getStreamId() + " " + event.getEventType()))
        .containsExactly(
            "soft event-0",
            "soft event-1",
            "$$soft $metadata",
            "hard event-0",
            "hard $streamDeleted");
    assertThat(all.getLast().getRevision()).isEqualTo(Long.MAX_VALUE);
  }

  private void delete(String stream, ExpectedRevision expected) throws Exception {
    DeleteStreamOptions options = DeleteStreamOptions.get();
    options.expectedRevision(expected);
    result(client.deleteStream(stream, options));
  }

  private void metadata(String stream, String json) throws Exception {
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    result(
        client.appendToStream(
            "$$" + stream,
            AppendToStreamOptions.get(),
            EventDataBuilder.json(UUID.randomUUID(), "$metadata", data).build()));
  }

  private String data(String stream) throws Exception {
    byte[] data = read(stream).getFirst().getEvent().getEventData();
    return new String(data, StandardCharsets.UTF_8);
  }

  private List<Long> revisions(String stream) throws Exception {
    return read(stream).stream().map(event -> event.getEvent().getRevision()).toList();
  }
}
