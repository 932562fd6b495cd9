package io.kiroku.shared;

import java.util.UUID;

/// Identity of a category.
public record CategoryId(UUID value) {
  /// Fails with [IllegalArgumentException] if the text is no UUID.
  public static CategoryId of(String text) {
    return new CategoryId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
