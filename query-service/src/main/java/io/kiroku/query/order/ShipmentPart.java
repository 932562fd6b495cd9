package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// @param carrierReference empty until arranged
/// @param code why it was refused; empty otherwise
@RegisterForReflection
record ShipmentPart(String status, String carrierReference, String code) {
  static final ShipmentPart NONE = new ShipmentPart("", "", "");
}
