package io.kiroku.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsAndTokensTest {
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  @Test
  void ids_are_those_of_the_standard() {
    // https://www.rfc-editor.org/rfc/rfc9562#name-example-of-a-uuidv5-value
    assertThat(UuidV5.of(DNS, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void parts_do_not_run_into_each_other() {
    assertThat(UuidV5.of(DNS, "a", "bc")).isNotEqualTo(UuidV5.of(DNS, "ab", "c"));
    assertThat(UuidV5.of(DNS, "a1:b", "c")).isNotEqualTo(UuidV5.of(DNS, "a", "b1:c"));
  }

  @Test
  void a_command_is_known_by_tenant_actor_and_key() {
    UUID id = CommandIds.commandId("default", "alice", "key");

    assertThat(CommandIds.commandId("default", "alice", "key")).isEqualTo(id);
    assertThat(
            List.of(
                CommandIds.commandId("other", "alice", "key"),
                CommandIds.commandId("default", "bob", "key"),
                CommandIds.commandId("default", "alice", "other")))
        .doesNotContain(id)
        .doesNotHaveDuplicates();
  }

  @Test
  void trap_24_events_of_other_requests_or_with_other_content_have_other_ids() {
    UUID command = CommandIds.commandId("default", "alice", "key");
    byte[] one = {1};
    byte[] two = {2};

    assertThat(
            List.of(
                CommandIds.eventId(command, "hash", 0, one),
                CommandIds.eventId(command, "hash", 0, two),
                CommandIds.eventId(command, "hash", 1, one),
                CommandIds.eventId(command, "other", 0, one)))
        .doesNotHaveDuplicates();
    assertThat(CommandIds.eventId(command, "hash", 0, one))
        .isEqualTo(CommandIds.eventId(command, "hash", 0, one));
  }

  @Test
  void a_token_says_again_what_was_put_into_it() {
    ConsistencyToken token =
        new ConsistencyToken(
            "default", Map.of(new StreamId("order-1"), 7L, new StreamId("stock-a@b"), 0L));

    assertThat(ConsistencyToken.decode(token.encode())).isEqualTo(token);
    assertThat(token.encode()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void garbage_is_no_token() {
    for (String text :
        List.of(
            "1",
            "2\ndefault\norder-1@7",
            "1\n\norder-1@7",
            "1\ndefault\norder-1",
            "1\ndefault\n@7",
            "1\ndefault\norder-1@",
            "1\ndefault\norder-1@-7",
            "1\ndefault\norder-1@9999999999999999999",
            "1\ndefault\norder-1@7\norder-1@8")) {
      String token = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> ConsistencyToken.decode(token))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String token : List.of("", "???", "_w", "x".repeat(10_000))) {
      assertThatThrownBy(() -> ConsistencyToken.decode(token))
          .as(token)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_stream_is_split_at_its_first_dash() {
    StreamId stream = StreamId.of("order", "1-2");

    assertThat(stream.category()).isEqualTo("order");
    assertThat(stream.id()).isEqualTo("1-2");
    assertThatThrownBy(() -> StreamId.of("or-der", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memory_forgets_what_was_not_used_for_the_longest_time() {
    StateCache<String, String> cache = new StateCache<>(10);
    cache.put("a", "A", 4);
    cache.put("b", "B", 4);
    assertThat(cache.get("a")).isEqualTo("A");
    cache.put("c", "C", 4);

    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("a")).isEqualTo("A");
    cache.put("a", "A", 9);
    assertThat(cache.get("c")).isNull();
    assertThat(cache.get("a")).isEqualTo("A");
  }
}
