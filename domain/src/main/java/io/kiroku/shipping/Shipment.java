package io.kiroku.shipping;

import java.time.Instant;

/// One type per state of an order's shipment.
public sealed interface Shipment {
  record Absent() implements Shipment {}

  record Arranged(String carrierReference) implements Shipment {}

  record Dispatched(String carrierReference, String trackingNumber) implements Shipment {}

  record Delivered(String carrierReference, String trackingNumber) implements Shipment {}

  record Refused(String code) implements Shipment {}

  /// For good: nothing is arranged after it.
  record Cancelled() implements Shipment {}

  /// The parcel is to come back, whatever was known of its way to the customer.
  sealed interface Returning extends Shipment {}

  /// @param until when it has to be here
  record ReturnExpected(Instant until) implements Returning {}

  record ReturnReceived() implements Returning {}

  record ReturnRefused(String code) implements Returning {}

  /// For good: nothing is expected after it.
  record ReturnCalledOff() implements Returning {}
}
