package io.kiroku.inventory;

/// Why the books were corrected. The names are stored.
public enum AdjustmentReason {
  /// Somebody counted what is there.
  COUNTED,
  DAMAGED,
  LOST,
  FOUND,
  /// As the note says.
  OTHER
}
