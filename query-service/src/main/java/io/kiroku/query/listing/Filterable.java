package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.query.running.Ids;
import io.kiroku.service.error.Errors;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
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
  ///
  /// @param orNone an empty text is meant by who asks for what has none
  record Id(String name, String field, boolean orNone) implements Filterable {
    public Id(String name, String field) {
      this(name, field, false);
    }

    @Override
    public Object condition(String path, Filter asked) {
      return orNone && asked.hasEqualTo() && asked.getEqualTo().isEmpty()
          ? ""
          : Ids.stored(path + ".equal_to", asked.getEqualTo());
    }
  }

  /// A text, as it is stored.
  record Text(String name, String field) implements Filterable {
    @Override
    public Object condition(String path, Filter asked) {
      return asked.getEqualTo();
    }
  }

  /// A name, without regard to what makes no difference. Few entries have the same.
  ///
  /// @param form as it is stored
  record Name(String name, String field, UnaryOperator<String> form) implements Filterable {
    @Override
    public Object condition(String path, Filter asked) {
      return value(path + ".equal_to", asked.getEqualTo());
    }

    /// As it is stored. Fails with `INVALID_ARGUMENT`.
    ///
    /// @param path where `asked` stands in the request
    public String value(String path, String asked) {
      if (asked.isBlank()) {
        throw Errors.invalid(path, "must not be blank");
      }
      return form.apply(asked.strip());
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
      return value(path + ".equal_to", asked.getEqualTo());
    }

    /// As it is stored. Fails with `INVALID_ARGUMENT` that names what there is.
    ///
    /// @param path where `asked` stands in the request
    public Object value(String path, String asked) {
      Object value = values.get(asked);
      if (value == null) {
        throw Errors.invalid(
            path, "must be one of " + String.join(", ", new TreeSet<>(values.keySet())));
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
