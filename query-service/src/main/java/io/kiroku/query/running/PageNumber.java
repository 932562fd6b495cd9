package io.kiroku.query.running;

import io.kiroku.service.error.Errors;

/// Pages that are asked for by their number. The store has to walk past all that comes before.
public final class PageNumber {
  private static final int ENTRIES_MAX = 10_000;

  private PageNumber() {}

  /// How many entries come before the page. Fails with `INVALID_ARGUMENT`.
  ///
  /// @param asked from 1; 0 for the first, too
  /// @param hint what else is said of a page that is too far away
  public static int skip(String field, int asked, int size, String hint) {
    int most = ENTRIES_MAX / size;
    if (asked < 0 || asked > most) {
      throw Errors.invalid(field, "must be 0 to " + most + " with this page_size" + hint);
    }
    return Math.max(asked - 1, 0) * size;
  }
}
