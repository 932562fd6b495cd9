package io.kiroku.shipping;

import io.kiroku.shared.OrderId;
import io.kiroku.shipping.Shipment.Absent;
import io.kiroku.shipping.Shipment.Arranged;
import io.kiroku.shipping.Shipment.Cancelled;
import io.kiroku.shipping.Shipment.Delivered;
import io.kiroku.shipping.Shipment.Dispatched;
import io.kiroku.shipping.Shipment.Refused;
import io.kiroku.shipping.Shipment.Returning;
import io.kiroku.shipping.ShipmentCommand.CancelShipment;
import io.kiroku.shipping.ShipmentCommand.RecordArrangement;
import io.kiroku.shipping.ShipmentCommand.RecordRefusal;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import java.time.Instant;

/// What a process may ask of a shipment. Its commands and the carrier's answers may come late,
/// twice and in any order; each records one fact.
final class ArrangementRules {
  private ArrangementRules() {}

  static ShipmentEvent arranged(RecordArrangement command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Refused _ ->
          new ShipmentArranged(order, command.carrierReference(), command.now());
      case Arranged _, Dispatched _, Delivered _, Returning _ -> repeated(order, command.now());
      case Cancelled _ -> refusedAsCancelled(order, command.now());
    };
  }

  static ShipmentEvent refused(RecordRefusal command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Refused _ -> new ShipmentRefused(order, command.code(), command.now());
      // Another attempt was arranged, and that stands.
      case Arranged _, Dispatched _, Delivered _, Returning _ -> repeated(order, command.now());
      case Cancelled _ -> refusedAsCancelled(order, command.now());
    };
  }

  static ShipmentEvent cancelled(CancelShipment command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Arranged _, Refused _ -> new ShipmentCancelled(order, command.now());
      case Dispatched _, Delivered _, Returning _ ->
          new ShipmentCancellationRejected(
              order, ShipmentRejection.SHIPMENT_ALREADY_DISPATCHED.code(), command.now());
      case Cancelled _ -> new ShipmentStepRepeated(order, ShipmentStep.CANCEL, command.now());
    };
  }

  private static ShipmentEvent repeated(OrderId order, Instant now) {
    return new ShipmentStepRepeated(order, ShipmentStep.ARRANGE, now);
  }

  private static ShipmentEvent refusedAsCancelled(OrderId order, Instant now) {
    return new ShipmentRefused(order, ShipmentRejection.SHIPMENT_CANCELLED.code(), now);
  }
}
