package io.kiroku.job.api;

import io.kiroku.service.error.Errors;
import java.util.UUID;
import java.util.regex.Pattern;

/// Checks what callers send before it becomes part of a key.
final class Ids {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private Ids() {}

  /// The UUID in its one canonical form.
  static String uuid(String field, String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id.toString();
      }
    } catch (IllegalArgumentException notOne) {
      // Answered below, as any other text that is no UUID.
    }
    throw Errors.invalid(field, "must be a UUID");
  }

  static String name(String field, String text) {
    if (!NAME.matcher(text).matches()) {
      throw Errors.invalid(field, "must be 1 to 100 letters, digits, dots, dashes or underscores");
    }
    return text;
  }
}
