package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/// @param carrierReference empty until arranged
/// @param code why it, or its return, was refused; empty otherwise
/// @param trackingNumber empty until dispatched
@RegisterForReflection
record ShipmentPart(String status, String carrierReference, String code, String trackingNumber) {
  static final ShipmentPart NONE = new ShipmentPart("", "", "", "");

  ShipmentPart {
    // Documents that were written before there was one do not have it.
    trackingNumber = Objects.requireNonNullElse(trackingNumber, "");
  }

  ShipmentPart returned(String nextStatus, String nextCode) {
    return new ShipmentPart(nextStatus, carrierReference, nextCode, trackingNumber);
  }
}
