package io.kiroku.query.history;

import io.kiroku.projection.mongo.Documents;
import io.kiroku.proto.query.v1.FieldChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Two documents compared as they are stored, field by field. Elements of lists are told apart by
/// their place.
final class FieldChanges {
  private FieldChanges() {}

  /// In the order of the fields; those that are gone come last.
  ///
  /// @param before null if there was no document
  /// @param after null if there is none any more
  static List<FieldChange> between(@Nullable Object before, @Nullable Object after) {
    Map<String, String> was = texts(before);
    Map<String, String> is = texts(after);
    Set<String> fields = new LinkedHashSet<>(is.keySet());
    fields.addAll(was.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String field : fields) {
      if (!Objects.equals(was.get(field), is.get(field))) {
        changes.add(change(field, was.get(field), is.get(field)));
      }
    }
    return changes;
  }

  private static FieldChange change(String field, @Nullable String before, @Nullable String after) {
    FieldChange.Builder change = FieldChange.newBuilder().setField(field);
    if (before != null) {
      change.setBefore(before);
    }
    if (after != null) {
      change.setAfter(after);
    }
    return change.build();
  }

  private static Map<String, String> texts(@Nullable Object document) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (document != null) {
      Documents.fields(document).forEach((name, value) -> collect(name, value, texts));
    }
    return texts;
  }

  private static void collect(String path, @Nullable Object value, Map<String, String> texts) {
    switch (value) {
      case null -> {}
      case Map<?, ?> fields ->
          fields.forEach((name, inner) -> collect(path + "." + name, inner, texts));
      case List<?> elements -> {
        for (int i = 0; i < elements.size(); i++) {
          collect(path + "[" + i + "]", elements.get(i), texts);
        }
      }
      default -> texts.put(path, value.toString());
    }
  }
}
