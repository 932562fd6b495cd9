package io.kiroku.query.running;

import io.kiroku.service.error.Errors;
import java.util.UUID;

/// Ids as clients say them.
public final class Ids {
  private Ids() {}

  /// As it is stored: lower-case. Fails with `INVALID_ARGUMENT`.
  ///
  /// @param field of the request that `text` stands in
  public static String stored(String field, String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw Errors.invalid(field, "must be a UUID");
    }
  }
}
