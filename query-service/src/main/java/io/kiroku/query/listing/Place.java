package io.kiroku.query.listing;

import io.kiroku.service.error.Errors;
import io.kiroku.service.paging.OpaqueText;
import java.util.List;
import org.bson.Document;

/// Where a page ended: the next one begins after the entry of that value and key. Opaque to
/// clients.
record Place(Sorting sorting, Object value, String key) {
  private static final String SEPARATOR = "\n";

  String encode() {
    // The value last: it may be any text.
    return OpaqueText.encode(String.join(SEPARATOR, sorting.text(), key, value.toString()));
  }

  /// Fails with `INVALID_ARGUMENT` for what [#encode()] did not make, or made for another sort.
  static Place decode(String field, String token, Sorting sorting) {
    try {
      String text = OpaqueText.decode(token);
      int keyAt = text.indexOf(SEPARATOR) + 1;
      int valueAt = text.indexOf(SEPARATOR, keyAt) + 1;
      if (keyAt == 0 || valueAt == 0) {
        throw new IllegalArgumentException("no place");
      }
      if (!text.substring(0, keyAt - 1).equals(sorting.text())) {
        throw Errors.invalid(field, "was given for another sort");
      }
      Object value = sorting.by().value(text.substring(valueAt));
      return new Place(sorting, value, text.substring(keyAt, valueAt - 1));
    } catch (IllegalArgumentException unreadable) {
      throw Errors.invalid(field, "is none that this service gave");
    }
  }

  /// What comes after it: a value beyond, or the same value and a key beyond. Said in two
  /// conditions that both hold, because the first then bounds the scan of the index.
  List<Document> conditions(String path) {
    String beyond = sorting.descending() ? "$lt" : "$gt";
    Document valueBeyond = new Document(path, new Document(beyond, value));
    Document keyBeyond = new Document(Listing.KEY, new Document(beyond, key));
    return List.of(
        new Document(path, new Document(beyond + "e", value)),
        new Document("$or", List.of(valueBeyond, keyBeyond)));
  }
}
