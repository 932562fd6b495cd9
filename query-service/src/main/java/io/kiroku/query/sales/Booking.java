package io.kiroku.query.sales;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// What one day says of an order, or of one product in it: sold, or taken back.
///
/// @param day ISO 8601, UTC; sorted as text
/// @param productId empty for the whole order
@RegisterForReflection
record Booking(
    String day,
    String productId,
    long soldOrders,
    long soldPieces,
    long soldMinorUnits,
    long reversedOrders,
    long reversedPieces,
    long reversedMinorUnits) {
  static Booking sold(String day, String productId, long pieces, long minorUnits) {
    return new Booking(day, productId, 1, pieces, minorUnits, 0, 0, 0);
  }

  static Booking reversed(String day, String productId, long pieces, long minorUnits) {
    return new Booking(day, productId, 0, 0, 0, 1, pieces, minorUnits);
  }
}
