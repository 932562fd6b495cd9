package io.kiroku.shipping;

/// One type per state of an order's shipment.
public sealed interface Shipment {
  record Absent() implements Shipment {}

  record Arranged(String carrierReference) implements Shipment {}

  record Dispatched(String carrierReference, String trackingNumber) implements Shipment {}

  record Delivered(String carrierReference, String trackingNumber) implements Shipment {}

  record Refused(String code) implements Shipment {}

  /// For good: nothing is arranged after it.
  record Cancelled() implements Shipment {}
}
