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

  /// In the part of the document that the list shows; or, with that part before it, in another:
  /// `stock.available`.
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

  /// A text, as it is stored.
  record Text(String name, String field) implements Filterable {
    @Override
    public Object condition(String path, Filter asked) {
      return asked.getEqualTo();
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
  ///
  /// @param absentIsZero a document without the number is meant by ranges that hold 0; no number is
  ///   less
  record Between(String name, String field, boolean absentIsZero) implements Filterable {
    public Between(String name, String field) {
      this(name, field, false);
    }

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
      if (!absentIsZero || !holdsZero(range)) {
        return ends;
      }
      return range.hasAtMost()
          ? notAbove(range.getAtMost())
          : new Document("$not", new Document("$lt", range.getAtLeast()));
    }

    private static boolean holdsZero(Range range) {
      return range.getAtLeast() <= 0 && (!range.hasAtMost() || range.getAtMost() >= 0);
    }

    /// Also true of what is absent.
    public static Document notAbove(long most) {
      return new Document("$not", new Document("$gt", most));
    }
  }
}
