package io.kiroku.eventstore.node.log;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;

/// The keys of a stream's metadata that bound what readers see of it.
///
/// @param countMax 0 if unbounded
/// @param ageMaxSeconds 0 if unbounded
/// @param truncateBefore first readable revision; [Long#MAX_VALUE] if the stream is soft-deleted
public record StreamMetadata(long countMax, long ageMaxSeconds, long truncateBefore) {
  public static final StreamMetadata NONE = new StreamMetadata(0, 0, 0);

  /// Metadata streams keep their last event only, whoever says what about them.
  public static final StreamMetadata OF_METADATA_STREAM = new StreamMetadata(1, 0, 0);

  public static final String TYPE = "$metadata";
  static final String TRUNCATE_BEFORE = "$tb";

  /// More than any clock has counted; it can be multiplied into ticks.
  private static final long AGE_SECONDS_MAX = Long.MAX_VALUE / Ticks.PER_SECOND / 2;

  public boolean softDeleted() {
    return truncateBefore == Long.MAX_VALUE;
  }

  /// First revision that readers see, by count and truncation.
  public long firstRevision(long lastRevision) {
    long byCount = countMax == 0 ? 0 : lastRevision - countMax + 1;
    return Math.max(0, Math.max(byCount, truncateBefore));
  }

  /// Whether a record is too old to be seen.
  public boolean expired(LogRecord record, long nowTicks) {
    long age = Math.min(ageMaxSeconds, AGE_SECONDS_MAX);
    return age > 0 && record.createdTicks() < nowTicks - age * Ticks.PER_SECOND;
  }

  static StreamMetadata of(LogRecord record) {
    JsonObject json = parse(record.event().data());
    return new StreamMetadata(
        positive(json, "$maxCount"), positive(json, "$maxAge"), positive(json, TRUNCATE_BEFORE));
  }

  /// The raw keys; empty if it is no JSON object, which is as good as no metadata.
  static JsonObject parse(ByteString data) {
    try {
      return JsonParser.parseString(data.toStringUtf8()) instanceof JsonObject object
          ? object
          : new JsonObject();
    } catch (JsonParseException _) {
      return new JsonObject();
    }
  }

  /// The same keys with another first readable revision.
  static ByteString truncated(JsonObject keys, long truncateBefore) {
    JsonObject merged = keys.deepCopy();
    merged.addProperty(TRUNCATE_BEFORE, truncateBefore);
    return ByteString.copyFromUtf8(merged.toString());
  }

  private static long positive(JsonObject json, String key) {
    JsonElement value = json.get(key);
    if (!(value instanceof JsonPrimitive number) || !number.isNumber()) {
      return 0;
    }
    try {
      return Math.max(0, number.getAsLong());
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
