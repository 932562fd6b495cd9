package io.kiroku.catalog;

import java.util.Optional;

/// Bounds of names and descriptions in the catalog.
final class Texts {
  static final int NAME_CHARS_MAX = 200;
  static final int DESCRIPTION_CHARS_MAX = 4_000;

  private Texts() {}

  static Optional<CatalogRejection> refusal(String name, String description) {
    if (name.isBlank()) {
      return Optional.of(CatalogRejection.NAME_BLANK);
    }
    if (name.strip().length() > NAME_CHARS_MAX) {
      return Optional.of(CatalogRejection.NAME_TOO_LONG);
    }
    return description.length() > DESCRIPTION_CHARS_MAX
        ? Optional.of(CatalogRejection.DESCRIPTION_TOO_LONG)
        : Optional.empty();
  }
}
