package io.kiroku.gateway.wire;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What Protobuf cannot leave out, JSON does.
public final class Wire {
  private Wire() {}

  /// Null for a time that was not set.
  public static @Nullable Instant instant(Timestamp time) {
    return time.equals(Timestamp.getDefaultInstance())
        ? null
        : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /// Null for an empty text.
  public static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }
}
