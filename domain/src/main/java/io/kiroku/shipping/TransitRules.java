package io.kiroku.shipping;

import io.kiroku.decider.Decision;
import io.kiroku.shipping.Shipment.Absent;
import io.kiroku.shipping.Shipment.Arranged;
import io.kiroku.shipping.Shipment.Cancelled;
import io.kiroku.shipping.Shipment.Delivered;
import io.kiroku.shipping.Shipment.Dispatched;
import io.kiroku.shipping.Shipment.Refused;
import io.kiroku.shipping.Shipment.Returning;
import io.kiroku.shipping.ShipmentCommand.DeliverShipment;
import io.kiroku.shipping.ShipmentCommand.DispatchShipment;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;

/// The parcel's way to the customer.
final class TransitRules {
  private static final int TRACKING_NUMBER_CHARS_MAX = 100;

  private TransitRules() {}

  static Decision<ShipmentEvent> dispatch(DispatchShipment dispatch, Shipment shipment) {
    String tracking = dispatch.trackingNumber().strip();
    if (tracking.isEmpty() || tracking.length() > TRACKING_NUMBER_CHARS_MAX) {
      return Decision.reject(ShipmentRejection.TRACKING_NUMBER_OUT_OF_RANGE);
    }
    return switch (shipment) {
      case Absent _, Refused _ -> Decision.reject(ShipmentRejection.SHIPMENT_NOT_ARRANGED);
      case Arranged _ ->
          Decision.accept(new ShipmentDispatched(dispatch.orderId(), tracking, dispatch.now()));
      case Dispatched(_, var known) -> again(tracking, known);
      case Delivered(_, var known) -> again(tracking, known);
      case Returning _ -> Decision.reject(ShipmentRejection.SHIPMENT_ALREADY_DISPATCHED);
      case Cancelled _ -> Decision.reject(ShipmentRejection.SHIPMENT_CANCELLED);
    };
  }

  static Decision<ShipmentEvent> deliver(DeliverShipment deliver, Shipment shipment) {
    return switch (shipment) {
      case Absent _, Refused _ -> Decision.reject(ShipmentRejection.SHIPMENT_NOT_ARRANGED);
      case Arranged _ -> Decision.reject(ShipmentRejection.SHIPMENT_NOT_DISPATCHED);
      case Dispatched _ -> Decision.accept(new ShipmentDelivered(deliver.orderId(), deliver.now()));
      case Delivered _, Returning _ -> Decision.accept();
      case Cancelled _ -> Decision.reject(ShipmentRejection.SHIPMENT_CANCELLED);
    };
  }

  private static Decision<ShipmentEvent> again(String tracking, String known) {
    return tracking.equals(known)
        ? Decision.accept()
        : Decision.reject(ShipmentRejection.SHIPMENT_ALREADY_DISPATCHED);
  }
}
