package io.kiroku.shipping;

import io.kiroku.decider.Rejection;

/// Why a shipment is refused: the codes of [ShipmentEvent.ShipmentRefused].
public enum ShipmentRejection implements Rejection {
  INVALID_ADDRESS(Kind.INVALID, "The carrier does not know that address."),
  RESTRICTED_AREA(Kind.FORBIDDEN_BY_STATE, "The carrier does not deliver there."),
  SHIPMENT_CANCELLED(Kind.FORBIDDEN_BY_STATE, "The shipment was cancelled first.");

  private final Kind kind;
  private final String detail;

  ShipmentRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String detail() {
    return detail;
  }
}
