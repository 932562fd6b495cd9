package io.kiroku.query.listing;

/// A field that a list can be sorted by; entries that are equal in it are sorted by their keys.
///
/// @param name as clients say it
/// @param field in the part of the document that the list shows
public record Sortable(String name, String field, Kind kind) {
  /// What is stored there.
  public enum Kind {
    TEXT,
    WHOLE_NUMBER
  }

  /// As it is stored. Fails with [NumberFormatException].
  Object value(String text) {
    return switch (kind) {
      case TEXT -> text;
      case WHOLE_NUMBER -> Long.parseLong(text);
    };
  }
}
