package io.kiroku.shared;

import java.util.UUID;

/// Identity of a order.
public record OrderId(UUID value) {
  /// Fails with [IllegalArgumentException] if the text is no UUID.
  public static OrderId of(String text) {
    return new OrderId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
