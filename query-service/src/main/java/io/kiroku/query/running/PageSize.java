package io.kiroku.query.running;

import io.kiroku.service.error.Errors;

/// How many entries a page may have.
public final class PageSize {
  public static final int MOST = 200;
  private static final int DEFAULT = 50;

  private PageSize() {}

  /// Fails with `INVALID_ARGUMENT`.
  ///
  /// @param asked 0 for as many as usual
  /// @param refusal what is said of a size that cannot be
  public static int of(String field, int asked, String refusal) {
    if (asked < 0 || asked > MOST) {
      throw Errors.invalid(field, refusal);
    }
    return asked == 0 ? DEFAULT : asked;
  }
}
