package io.kiroku.query.listing;

import org.bson.Document;

/// How a list is sorted. Keys go in the same direction, so that one index serves both directions.
record Sorting(Sortable by, boolean descending) {
  /// As clients say it.
  String text() {
    return (descending ? "-" : "") + by.name();
  }

  /// Empty: the first that the list declares. Fails with `INVALID_ARGUMENT`.
  static Sorting of(String field, String text, Listing listing) {
    if (text.isEmpty()) {
      return new Sorting(listing.sorts().getFirst(), false);
    }
    boolean descending = text.startsWith("-");
    return new Sorting(listing.sort(field, descending ? text.substring(1) : text), descending);
  }

  Document document(Listing listing) {
    int direction = descending ? -1 : 1;
    return new Document(listing.path(by.field()), direction).append(Listing.KEY, direction);
  }
}
