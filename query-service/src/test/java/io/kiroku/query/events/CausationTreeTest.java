package io.kiroku.query.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CausationTreeTest {
  private static final UUID CLIENT = new UUID(9, 9);

  private final List<RecordedEvent> log = new ArrayList<>();

  /// @return its id
  private UUID record(UUID command, UUID cause) {
    UUID id = new UUID(1, log.size() + 1);
    var metadata =
        new EventMetadata(CLIENT, cause, command, "hash", "mika", "default", null, null, null);
    log.add(
        new RecordedEvent(
            id,
            StreamId.of("order", "1"),
            log.size(),
            log.size() * 10L,
            Instant.EPOCH,
            "any.v1",
            new byte[0],
            metadata));
    return id;
  }

  private List<String> tree() {
    return CausationTree.of(log).stream()
        .map(node -> "  ".repeat(node.depth()) + node.event().revision())
        .toList();
  }

  private static UUID command(int number) {
    return new UUID(2, number);
  }

  @Test
  void an_event_is_followed_by_what_it_caused() {
    UUID placed = record(command(1), CLIENT);
    UUID started = record(command(2), placed);
    record(command(3), started);
    record(command(4), placed);
    record(command(5), started);
    assertThat(tree()).containsExactly("0", "  1", "    2", "    4", "  3");
  }

  @Test
  void what_a_command_caused_comes_under_the_first_event_that_it_recorded() {
    record(command(1), CLIENT);
    record(command(1), CLIENT);
    record(command(2), command(1));
    assertThat(tree()).containsExactly("0", "  2", "1");
  }

  @Test
  void what_nobody_here_caused_is_a_root() {
    record(command(1), CLIENT);
    record(command(2), new UUID(7, 7));
    assertThat(tree()).containsExactly("0", "1");
  }

  @Test
  void circles_are_none() {
    UUID second = new UUID(1, 2);
    UUID first = record(command(1), second);
    record(command(2), first);
    record(command(3), command(3));
    UUID own = new UUID(1, 4);
    record(command(4), own);
    assertThat(tree()).containsExactly("0", "  1", "2", "3");
  }

  @Test
  void a_long_chain_needs_no_stack() {
    UUID cause = CLIENT;
    for (int i = 0; i < 50_000; i++) {
      cause = record(command(i), cause);
    }
    assertThat(CausationTree.of(log).getLast().depth()).isEqualTo(49_999);
  }
}
