package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.query.running.Ids;
import io.kiroku.service.error.Errors;
import java.util.Map;
import java.util.TreeSet;
import org.bson.Document;

/// A field that a list can be filtered by.
public sealed interface Filterable {
  /// As clients say it.
  String name();

  /// In the part of the document that the list shows.
  String field();

  /// What the stored value must be. Fails with `INVALID_ARGUMENT`.
  ///
  /// @param path where `asked` stands in the request
  Object condition(String path, Filter asked);

  /// A UUID.
  record Id(String name, String field) implements Filterable {
    @Override
    public Object condition(String path, Filter asked) {
      return Ids.stored(path + ".equal_to", asked.getEqualTo());
    }
  }

  /// One of few values.
  ///
  /// @param values as they are stored, by what clients say
  record OneOf(String name, String field, Map<String, Object> values) implements Filterable {
    public OneOf {
      values = Map.copyOf(values);
    }

    @Override
    public Object condition(String path, Filter asked) {
      Object value = values.get(asked.getEqualTo());
      if (value == null) {
        throw Errors.invalid(
            path + ".equal_to",
            "must be one of " + String.join(", ", new TreeSet<>(values.keySet())));
      }
      return value;
    }
  }

  /// A number between two ends, both included.
  record Between(String name, String field) implements Filterable {
    @Override
    public Object condition(String path, Filter asked) {
      Range range = asked.getRange();
      Document ends = new Document();
      if (range.hasAtLeast()) {
        ends.append("$gte", range.getAtLeast());
      }
      if (range.hasAtMost()) {
        ends.append("$lte", range.getAtMost());
      }
      if (ends.isEmpty()) {
        throw Errors.invalid(path + ".range", "needs at least one end");
      }
      return ends;
    }
  }
}
