package io.kiroku.shared;

import java.util.UUID;

/// Identity of a product.
public record ProductId(UUID value) {
  /// Fails with [IllegalArgumentException] if the text is no UUID.
  public static ProductId of(String text) {
    return new ProductId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
