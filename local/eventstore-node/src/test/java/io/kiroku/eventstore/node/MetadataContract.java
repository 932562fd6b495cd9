package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.Acl;
import com.eventstore.dbclient.Acls;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.StreamMetadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What metadata say of a stream, and what becomes of them.
abstract class MetadataContract extends NodeTest {
  MetadataContract(Kind kind) {
    super(kind);
  }

  @Test
  void metadata_come_back_with_access_lists_and_foreign_keys() throws Exception {
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxAge(3600L);
    metadata.setMaxCount(100L);
    metadata.setTruncateBefore(1L);
    metadata.setCacheControl(60L);
    Acl acl = Acls.newStreamAcl().addReadRoles("$admins").addWriteRoles("ops", "me");
    metadata.setAcl(acl);
    metadata.setCustomProperties(Map.of("owner", "me"));
    result(client.setStreamMetadata("s", metadata));
    StreamMetadata read = result(client.getStreamMetadata("s"));
    assertThat(read.getMaxAge()).isEqualTo(3600);
    assertThat(read.getMaxCount()).isEqualTo(100);
    assertThat(read.getTruncateBefore()).isEqualTo(1);
    assertThat(read.getCacheControl()).isEqualTo(60);
    assertThat(read.getAcl()).isEqualTo(acl);
    assertThat(read.getCustomProperties()).isEqualTo(Map.of("owner", "me"));
    metadata.setAcl(Acls.newSystemStreamAcl());
    result(client.setStreamMetadata("s", metadata));
    assertThat(result(client.getStreamMetadata("s")).getAcl()).isEqualTo(Acls.newSystemStreamAcl());
  }

  @Test
  void trap_4_metadata_streams_show_their_last_event_only() throws Exception {
    for (long maxCount = 1; maxCount <= 3; maxCount++) {
      StreamMetadata metadata = new StreamMetadata();
      metadata.setMaxCount(maxCount);
      result(client.setStreamMetadata("s", metadata));
    }
    assertThat(result(client.getStreamMetadata("s")).getMaxCount()).isEqualTo(3);
    assertThat(read("$$s")).hasSize(1);
    assertThat(read("$$s").getFirst().getEvent().getRevision()).isEqualTo(2);
    restart();
    assertThat(result(client.getStreamMetadata("s")).getMaxCount()).isEqualTo(3);
  }

  @Test
  void metadata_of_a_metadata_stream_cannot_be_set() {
    assertThatThrownBy(() -> metadata("$$s", "{}"))
        .satisfies(e ->
            assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void truncated_stream_is_empty_but_found() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    metadata("s", "{\"$tb\":100}");
    assertThat(read("s")).isEmpty();
    assertThat(result(client.readAll(ReadAllOptions.get())).getEvents()).hasSize(4);
  }

  @Test
  void aged_events_are_not_read_but_their_stream_is_found() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    metadata("s", "{\"$maxAge\":1}");
    await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(() -> read("s").isEmpty());
    append("s", ExpectedRevision.expectedRevision(2), events(1));
    assertThat(revisions()).containsExactly(3L);
  }

  @Test
  void greatest_of_the_bounds_holds() throws Exception {
    append("s", ExpectedRevision.any(), events(10));
    metadata("s", "{\"$tb\":4,\"$maxCount\":3}");
    assertThat(revisions()).containsExactly(7L, 8L, 9L);
    metadata("s", "{\"$tb\":9,\"$maxCount\":3}");
    assertThat(revisions()).containsExactly(9L);
  }

  @Test
  void values_that_are_none_bound_nothing() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    for (String json :
        List.of(
            "no json",
            "[]",
            "{\"$maxCount\":0}",
            "{\"$maxCount\":-1}",
            "{\"$maxCount\":\"1\"}",
            "{\"$maxCount\":1.5}",
            "{\"$maxCount\":[1]}",
            "{\"$tb\":-3}",
            "{\"$tb\":1e30}",
            "{\"$tb\":1e999999999}",
            "{\"$maxAge\":-1}",
            "{\"$maxAge\":9223372036854775807}")) {
      metadata("s", json);
      assertThat(revisions()).describedAs(json).containsExactly(0L, 1L, 2L);
    }
    append("s", ExpectedRevision.expectedRevision(2), events(1));
    assertThat(read("s")).hasSize(4);
  }

  /// Of a stream whose first page is hidden, and which does not fit one page.
  @Test
  void long_truncated_stream_is_read_from_where_it_begins() throws Exception {
    append("s", ExpectedRevision.any(), events(700));
    metadata("s", "{\"$maxCount\":300}");
    assertThat(revisions()).isEqualTo(LongStream.range(400, 700).boxed().toList());
  }

  private void metadata(String stream, String json) throws Exception {
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    append(
        "$$" + stream,
        ExpectedRevision.any(),
        EventDataBuilder.json(UUID.randomUUID(), "$metadata", data).build());
  }

  private List<Long> revisions() throws Exception {
    return read("s").stream().map(event -> event.getEvent().getRevision()).toList();
  }
}
