package io.kiroku.eventstore;

/// Name of a stream: `<category>-<id>`, split at the first `-`.
public record StreamId(String value) {
  public StreamId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A stream needs a name");
    }
  }

  public static StreamId of(String category, String id) {
    if (category.isBlank() || category.indexOf('-') >= 0 || id.isBlank()) {
      throw new IllegalArgumentException("No stream: category '" + category + "', id '" + id + "'");
    }
    return new StreamId(category + "-" + id);
  }

  /// The text before the first `-`; the whole name if there is none.
  public String category() {
    int dash = value.indexOf('-');
    return dash < 0 ? value : value.substring(0, dash);
  }

  /// The text after the first `-`; empty if there is none.
  public String id() {
    int dash = value.indexOf('-');
    return dash < 0 ? "" : value.substring(dash + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
