package io.kiroku.command.sagaadmin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The last saga of a page: the next page begins after it. Opaque to clients.
record SagaCursor(Instant startedAt, String category, String sagaId) {
  String encode() {
    String text = startedAt + " " + category + " " + sagaId;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Fails with [IllegalArgumentException] for what [#encode()] did not make.
  static SagaCursor decode(String token) {
    String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    String[] parts = text.split(" ", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("no cursor");
    }
    try {
      return new SagaCursor(Instant.parse(parts[0]), parts[1], parts[2]);
    } catch (java.time.format.DateTimeParseException noTime) {
      throw new IllegalArgumentException("no cursor", noTime);
    }
  }
}
