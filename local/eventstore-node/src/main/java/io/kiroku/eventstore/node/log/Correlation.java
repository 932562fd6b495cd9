package io.kiroku.eventstore.node.log;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What an event belongs to, by its metadata.
final class Correlation {
  static final String KEY = "$correlationId";

  private Correlation() {}

  /// The correlation id, or null if there is none that can be part of a stream's name.
  static @Nullable String id(LogRecord record) {
    if (!record.event().metadata().toStringUtf8().contains(KEY)) {
      return null; // to look is cheaper than to parse, and most often enough
    }
    JsonObject metadata = StreamMetadata.parse(record.event().metadata());
    return metadata.get(KEY) instanceof JsonPrimitive id && nameable(id.getAsString())
        ? id.getAsString()
        : null;
  }

  private static boolean nameable(String id) {
    return !id.isEmpty()
        && id.length() <= Streams.NAME_CHARS_MAX
        && id.indexOf(0) < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(id);
  }
}
