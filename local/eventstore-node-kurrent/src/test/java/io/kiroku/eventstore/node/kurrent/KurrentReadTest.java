package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurrent.dbclient.Acls;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamNotFoundException;
import io.kurrent.dbclient.StreamState;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Links, metadata and `$all`.
final class KurrentReadTest extends KurrentTest {
  KurrentReadTest(SharedNode node) throws SQLException {
    super(node);
  }

  @Test
  void link_is_resolved_when_asked() {
    append(events(2));
    String links = newName();
    append(links, StreamState.noStream(), link(1));
    ReadStreamOptions options = ReadStreamOptions.get().fromStart();
    ResolvedEvent plain = result(client.readStream(links, options)).getEvents().getFirst();
    assertThat(plain.getEvent().getEventType()).isEqualTo("$>");
    ResolvedEvent resolved =
        result(client.readStream(links, options.resolveLinkTos())).getEvents().getFirst();
    assertThat(resolved.getEvent().getStreamId()).isEqualTo(stream);
    assertThat(resolved.getEvent().getRevision()).isEqualTo(1);
    assertThat(resolved.getLink().getStreamId()).isEqualTo(links);
  }

  @Test
  void link_to_a_stream_that_is_gone_comes_alone() {
    append(events(1));
    String links = newName();
    append(links, StreamState.noStream(), link(0));
    result(client.deleteStream(stream));
    ReadStreamOptions options = ReadStreamOptions.get().fromStart().resolveLinkTos();
    ResolvedEvent alone = result(client.readStream(links, options)).getEvents().getFirst();
    assertThat(alone.getEvent()).isNull();
    assertThat(alone.getLink().getStreamId()).isEqualTo(links);
  }

  @Test
  void metadata_comes_back_and_bounds_what_is_read() {
    append(events(10));
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(3L);
    metadata.setMaxAge(3600L);
    metadata.setCacheControl(60L);
    metadata.setTruncateBefore(2L);
    metadata.setAcl(Acls.newStreamAcl().addReadRoles("$all").addWriteRoles("me", "you"));
    metadata.setCustomProperties(Map.of("owner", "me"));
    result(client.setStreamMetadata(stream, metadata));
    assertThat(result(client.getStreamMetadata(stream))).isEqualTo(metadata);
    assertThat(revisions(read())).containsExactly(7L, 8L, 9L);
  }

  @Test
  void trap_4_metadata_is_what_was_set_last() {
    for (long count = 1; count <= 3; count++) {
      StreamMetadata metadata = new StreamMetadata();
      metadata.setMaxCount(count);
      result(client.setStreamMetadata(stream, metadata));
    }
    assertThat(result(client.getStreamMetadata(stream)).getMaxCount()).isEqualTo(3);
  }

  @Test
  void missing_stream_is_not_found() {
    assertThatThrownBy(this::read)
        .cause()
        .isInstanceOfSatisfying(
            StreamNotFoundException.class,
            missing -> assertThat(missing.getStreamName()).isEqualTo(stream));
  }

  @Test
  void trap_9_all_is_read_forwards_with_and_backwards_without_the_event_at_the_position() {
    append(events(5));
    Position third = read().get(2).getEvent().getPosition();
    assertThat(mine(ReadAllOptions.get().fromPosition(third))).containsExactly(2L, 3L, 4L);
    assertThat(mine(ReadAllOptions.get().backwards().fromPosition(third).maxCount(2)))
        .containsExactly(1L, 0L);
    assertThat(mine(ReadAllOptions.get().backwards().fromEnd().maxCount(1))).containsExactly(4L);
    assertThat(mine(ReadAllOptions.get().fromEnd())).isEmpty();
    assertThat(mine(ReadAllOptions.get().backwards().fromStart())).isEmpty();
  }

  private List<Long> mine(ReadAllOptions options) {
    return revisions(
        result(client.readAll(options)).getEvents().stream()
            .filter(event -> event.getEvent().getStreamId().equals(stream))
            .toList());
  }
}
