package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// @param code why it was declined; empty otherwise
@RegisterForReflection
record PaymentPart(String status, long capturedMinorUnits, long refundedMinorUnits, String code) {
  static final PaymentPart NONE = new PaymentPart("", 0, 0, "");

  PaymentPart in(String nextStatus) {
    return new PaymentPart(nextStatus, capturedMinorUnits, refundedMinorUnits, code);
  }
}
