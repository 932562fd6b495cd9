package io.kiroku.shipping;

/// What a process can ask of a shipment.
public enum ShipmentStep {
  ARRANGE,
  CANCEL,
  CALL_OFF_RETURN
}
