package io.kiroku.query;

import io.kiroku.service.error.Errors;
import java.util.UUID;

/// Ids in requests.
final class Ids {
  private Ids() {}

  /// As it is stored: lower-case. Fails with `INVALID_ARGUMENT`.
  static String of(String field, String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw Errors.invalid(field, "must be a UUID");
    }
  }
}
