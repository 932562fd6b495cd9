package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadResult;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Appending to, reading and deleting streams.
abstract class StreamContract extends NodeTest {
  StreamContract(Kind kind) {
    super(kind);
  }

  @Test
  void event_comes_back_as_it_was_appended() throws Exception {
    UUID id = UUID.randomUUID();
    byte[] data = {0, 1, -1, 127};
    byte[] metadata = "{\"tenant\":\"default\"}".getBytes(StandardCharsets.UTF_8);
    WriteResult written =
        append(
            "ストリーム-1",
            ExpectedRevision.noStream(),
            EventDataBuilder.binary(id, "typé.v1", data).metadataAsBytes(metadata).build());
    RecordedEvent event = read("ストリーム-1").getFirst().getEvent();
    assertThat(event.getEventId()).isEqualTo(id);
    assertThat(event.getStreamId()).isEqualTo("ストリーム-1");
    assertThat(event.getEventType()).isEqualTo("typé.v1");
    assertThat(event.getEventData()).isEqualTo(data);
    assertThat(new String(event.getUserMetadata(), StandardCharsets.UTF_8))
        .startsWith("{\"tenant\":\"default\""); // the client adds trace ids
    assertThat(event.getContentType()).isEqualTo("application/octet-stream");
    assertThat(event.getRevision()).isZero();
    assertThat(event.getPosition()).isEqualTo(written.getLogPosition());
    assertThat(Duration.between(event.getCreated(), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(30));
  }

  /// Such a read is answered on the network's own thread, which must not wait for itself.
  @Test
  void stream_in_memory_that_exceeds_the_network_buffer_is_read_by_many_at_once() throws Exception {
    byte[] large = new byte[4_000];
    for (int i = 0; i < 50; i++) {
      append(
          "large",
          ExpectedRevision.any(),
          EventDataBuilder.binary(UUID.randomUUID(), "large.v1", large).build());
    }
    List<CompletableFuture<ReadResult>> reads =
        IntStream.range(0, 64)
            .mapToObj(_ -> client.readStream("large", ReadStreamOptions.get().forwards()))
            .toList();
    for (CompletableFuture<ReadResult> one : reads) {
      assertThat(one.get(20, TimeUnit.SECONDS).getEvents()).hasSize(50);
    }
  }

  @Test
  void stream_is_read_in_both_directions_and_from_anywhere() throws Exception {
    append("s", ExpectedRevision.noStream(), events(700));
    assertThat(revisions(ReadStreamOptions.get().forwards().fromStart().maxCount(700)))
        .hasSize(700)
        .isSorted();
    assertThat(revisions(ReadStreamOptions.get().forwards().fromRevision(3).maxCount(4)))
        .containsExactly(3L, 4L, 5L, 6L);
    assertThat(revisions(ReadStreamOptions.get().backwards().fromEnd().maxCount(3)))
        .containsExactly(699L, 698L, 697L);
    assertThat(revisions(ReadStreamOptions.get().backwards().fromRevision(1).maxCount(9)))
        .containsExactly(1L, 0L);
    assertThat(revisions(ReadStreamOptions.get().backwards().fromRevision(9999).maxCount(1)))
        .containsExactly(699L);
    ReadResult result =
        result(client.readStream("s", ReadStreamOptions.get().fromStart().maxCount(1)));
    assertThat(result.getLastStreamPosition()).isEqualTo(699);
    restart();
    assertThat(revisions(ReadStreamOptions.get().forwards().fromRevision(695)))
        .containsExactly(695L, 696L, 697L, 698L, 699L);
    assertThat(revisions(ReadStreamOptions.get().backwards().fromEnd().maxCount(300))).hasSize(300);
  }

  @Test
  void missing_stream_is_not_found() {
    assertThatThrownBy(() -> read("missing")).isInstanceOf(StreamNotFoundException.class);
  }

  @Test
  void all_is_inclusive_forwards_and_exclusive_backwards() throws Exception {
    Position a = append("a", ExpectedRevision.any(), events(1)).getLogPosition();
    Position b = append("b", ExpectedRevision.any(), events(1)).getLogPosition();
    Position c = append("c", ExpectedRevision.any(), events(3)).getLogPosition();
    assertThat(all(ReadAllOptions.get().forwards().fromStart()))
        .containsExactly("a", "b", "c", "c", "c");
    assertThat(all((ReadAllOptions) ReadAllOptions.get().forwards().fromPosition(b)))
        .containsExactly("b", "c", "c", "c");
    assertThat(all((ReadAllOptions) ReadAllOptions.get().backwards().fromPosition(b)))
        .containsExactly("a");
    assertThat(all((ReadAllOptions) ReadAllOptions.get().backwards().fromEnd()))
        .containsExactly("c", "c", "c", "b", "a");
    assertThat(all((ReadAllOptions) ReadAllOptions.get().forwards().fromEnd())).isEmpty();
    assertThat(a).isLessThan(b);
    assertThat(c.getCommitUnsigned()).isEqualTo(b.getCommitUnsigned() + 3);
    restart();
    assertThat(all(ReadAllOptions.get().forwards().fromStart())).hasSize(5);
  }

  @Test
  void append_that_is_too_big_is_refused() {
    byte[] big = new byte[(1 << 20) + 1];
    assertThatThrownBy(() ->
            append(
                "s",
                ExpectedRevision.any(),
                EventDataBuilder.binary(UUID.randomUUID(), "big", big).build()))
        .satisfies(e ->
            assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void name_that_cannot_be_stored_fails_nobody_else() throws Exception {
    for (String name : List.of("nul\0", "x".repeat(5000))) {
      assertThatThrownBy(() -> append(name, ExpectedRevision.any(), events(1)))
          .satisfies(e ->
              assertThat(Status.fromThrowable(e).getCode())
                  .isEqualTo(Status.Code.INVALID_ARGUMENT));
    }
    String longest = "語".repeat(600);
    append(longest, ExpectedRevision.any(), events(1));
    assertThat(read(longest)).hasSize(1);
  }

  @Test
  void metadata_reads_back_the_latest_and_bounds_the_stream() throws Exception {
    append("s", ExpectedRevision.noStream(), events(10));
    metadata(8L, null);
    metadata(3L, null);
    assertThat(result(client.getStreamMetadata("s")).getMaxCount()).isEqualTo(3);
    assertThat(revisions(ReadStreamOptions.get().fromStart())).containsExactly(7L, 8L, 9L);
    metadata(null, 9L);
    assertThat(revisions(ReadStreamOptions.get().fromStart())).containsExactly(9L);
    restart();
    assertThat(revisions(ReadStreamOptions.get().fromStart())).containsExactly(9L);
  }

  @Test
  void soft_deleted_stream_is_not_found_and_can_be_written_to_again() throws Exception {
    append("s", ExpectedRevision.noStream(), events(3));
    result(client.deleteStream("s"));
    assertThatThrownBy(() -> read("s")).isInstanceOf(StreamNotFoundException.class);
    assertThatThrownBy(() -> append("s", ExpectedRevision.streamExists(), events(1)))
        .isInstanceOf(StreamDeletedException.class);
    append("s", ExpectedRevision.noStream(), events(2));
    assertThat(revisions(ReadStreamOptions.get().fromStart())).containsExactly(3L, 4L);
    restart();
    assertThat(revisions(ReadStreamOptions.get().fromStart())).containsExactly(3L, 4L);
  }

  @Test
  void delete_with_a_wrong_revision_is_refused() throws Exception {
    append("s", ExpectedRevision.noStream(), events(3));
    assertThatThrownBy(() ->
            result(
                client.deleteStream(
                    "s",
                    (DeleteStreamOptions)
                        DeleteStreamOptions.get()
                            .expectedRevision(ExpectedRevision.expectedRevision(1)))))
        .isInstanceOf(WrongExpectedVersionException.class);
    assertThatThrownBy(() -> result(client.deleteStream("missing")))
        .isInstanceOf(WrongExpectedVersionException.class);
  }

  @Test
  void tombstone_is_for_ever() throws Exception {
    append("s", ExpectedRevision.noStream(), events(3));
    result(client.tombstoneStream("s"));
    restart();
    assertThatThrownBy(() -> read("s"))
        .satisfies(e ->
            assertThat(Status.fromThrowable(e).getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION));
    assertThatThrownBy(() -> append("s", ExpectedRevision.any(), events(1)))
        .isInstanceOf(StreamDeletedException.class);
    assertThat(all(ReadAllOptions.get().forwards().fromStart()))
        .containsExactly("s", "s", "s", "s");
  }

  @Test
  void link_is_resolved_when_asked() throws Exception {
    append("s", ExpectedRevision.noStream(), events(2));
    byte[] target = "1@s".getBytes(StandardCharsets.UTF_8);
    append(
        "links",
        ExpectedRevision.noStream(),
        EventDataBuilder.binary(UUID.randomUUID(), "$>", target).build());
    ReadStreamOptions options = ReadStreamOptions.get().forwards().fromStart().resolveLinkTos();
    ResolvedEvent resolved = result(client.readStream("links", options)).getEvents().getFirst();
    assertThat(resolved.getEvent().getStreamId()).isEqualTo("s");
    assertThat(resolved.getEvent().getRevision()).isEqualTo(1);
    assertThat(resolved.getLink().getStreamId()).isEqualTo("links");
  }

  private void metadata(@Nullable Long maxCount, @Nullable Long truncateBefore) throws Exception {
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(maxCount);
    metadata.setTruncateBefore(truncateBefore);
    metadata.setCustomProperties(Map.of("owner", "me"));
    result(client.setStreamMetadata("s", AppendToStreamOptions.get(), metadata));
  }

  private List<Long> revisions(ReadStreamOptions options) throws Exception {
    return result(client.readStream("s", options)).getEvents().stream()
        .map(event -> event.getEvent().getRevision())
        .toList();
  }

  /// Streams of the users' events of `$all`.
  private List<String> all(ReadAllOptions options) throws Exception {
    return result(client.readAll(options)).getEvents().stream()
        .map(event -> event.getEvent().getStreamId())
        .filter(stream -> !stream.startsWith("$"))
        .toList();
  }
}
