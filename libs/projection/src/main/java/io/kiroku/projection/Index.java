package io.kiroku.projection;

import java.util.List;

/// A simple or compound index. Never unique: two streams' documents are nobody's conflict to decide
/// here.
///
/// @param fields paths in the stored document, such as `order.userId`; a leading `-` means
///   descending
public record Index(List<String> fields) {
  public Index {
    fields = List.copyOf(fields);
  }

  public static Index on(String... fields) {
    return new Index(List.of(fields));
  }
}
