package io.kiroku.shipping;

import io.kiroku.decider.Rejection;

/// Why a shipment is refused. To a process the code comes as a fact in the stream, to a client as a
/// rejection.
public enum ShipmentRejection implements Rejection {
  INVALID_ADDRESS(Kind.INVALID, "The carrier does not know that address."),
  RESTRICTED_AREA(Kind.FORBIDDEN_BY_STATE, "The carrier does not deliver there."),
  SHIPMENT_CANCELLED(Kind.FORBIDDEN_BY_STATE, "The shipment was cancelled first."),
  TRACKING_NUMBER_OUT_OF_RANGE(Kind.INVALID, "The tracking number must have 1 to 100 characters."),
  SHIPMENT_NOT_ARRANGED(Kind.FORBIDDEN_BY_STATE, "No shipment is arranged."),
  SHIPMENT_NOT_DISPATCHED(Kind.FORBIDDEN_BY_STATE, "The shipment is not on its way yet."),
  SHIPMENT_ALREADY_DISPATCHED(Kind.FORBIDDEN_BY_STATE, "The shipment is on its way."),
  REFUSAL_CODE_INVALID(
      Kind.INVALID, "A code is upper-case words joined by underscores, at most 64 characters."),
  RETURN_NOT_EXPECTED(Kind.FORBIDDEN_BY_STATE, "No goods of that order are expected back."),
  RETURN_EXPIRED(Kind.FORBIDDEN_BY_STATE, "The goods came too late to be taken back."),
  RETURN_ALREADY_RECEIVED(Kind.FORBIDDEN_BY_STATE, "The goods have been taken back."),
  RETURN_ALREADY_REFUSED(Kind.FORBIDDEN_BY_STATE, "The goods were not taken back.");

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
