package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/// Events for tests that do not care what they say.
final class TestEvents {
  /// No step of a test may take longer.
  static final Duration BOUND = Duration.ofSeconds(10);

  private TestEvents() {}

  static EventMetadata metadata() {
    UUID command = UUID.randomUUID();
    return new EventMetadata(
        UUID.randomUUID(), command, command, "hash", "alice", "default", null, "00-1-2-01", 7L);
  }

  static NewEvent event(String text) {
    return event(UUID.randomUUID(), text);
  }

  static NewEvent event(UUID id, String text) {
    byte[] json = ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    return new NewEvent(id, "noted.v1", json, metadata());
  }

  static String text(RecordedEvent event) {
    String json = new String(event.data(), StandardCharsets.UTF_8);
    return json.substring("{\"text\":\"".length(), json.length() - 2);
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(BOUND);
  }
}
