package io.kiroku.projection.mongo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kiroku.projection.engine.Held;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Records as sub-documents and back. Instants are ISO strings; a tombstone is a sub-document with
/// nothing but its revision.
public final class Documents {
  static final String REVISION = "rev";
  static final String MENDS = "mends";
  private static final String DELETED = "deleted";
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private Documents() {}

  /// As it is stored.
  public static Document write(Held held) {
    Document written =
        held.document() == null ? new Document(DELETED, true) : fields(held.document());
    if (held.mends() > 0) {
      written.append(MENDS, held.mends());
    }
    return written.append(REVISION, held.revision());
  }

  /// A record's fields as they are stored, of records and lists inside it, too; null ones are
  /// missing.
  public static Document fields(Object record) {
    return new Document(JSON.convertValue(record, FIELDS));
  }

  static Held read(@Nullable Document stored, Class<?> type) {
    if (stored == null) {
      return Held.NOTHING;
    }
    return new Held(
        stored.get(REVISION, Number.class).longValue(),
        content(stored, type),
        stored.getInteger(MENDS, 0));
  }

  /// The record in a sub-document; null if there is none or it was deleted.
  public static <D> @Nullable D content(@Nullable Document stored, Class<D> type) {
    if (stored == null || stored.getBoolean(DELETED, false)) {
      return null;
    }
    return JSON.convertValue(stored, type);
  }

  /// The stream's revision that a sub-document shows; -1 if there is none.
  public static long revision(@Nullable Document stored) {
    return stored == null ? -1 : stored.get(REVISION, Number.class).longValue();
  }
}
