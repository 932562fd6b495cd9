package io.kiroku.shipping;

import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Orders to the shipment of one order; `Record…` comes after the carrier has answered.
public sealed interface ShipmentCommand {
  OrderId orderId();

  /// If this is answered by a refusal with `SHIPMENT_CANCELLED`, the carrier has to be told.
  record RecordArrangement(OrderId orderId, String carrierReference, Instant now)
      implements ShipmentCommand {}

  record RecordRefusal(OrderId orderId, String code, Instant now) implements ShipmentCommand {}

  /// Also of a shipment that was never arranged: then it never will be. What is on its way is not
  /// called back: that is recorded as a fact.
  record CancelShipment(OrderId orderId, Instant now) implements ShipmentCommand {}

  /// @param trackingNumber the carrier's, 1 to 100 characters
  record DispatchShipment(OrderId orderId, String trackingNumber, Instant now)
      implements ShipmentCommand {}

  record DeliverShipment(OrderId orderId, Instant now) implements ShipmentCommand {}

  /// From a process; what becomes of the goods is the fact that it waits for.
  ///
  /// @param until when they have to be here; later ones are not taken
  record ExpectReturn(OrderId orderId, Instant until, Instant now) implements ShipmentCommand {}

  /// From a process that undoes its work, also before it is known that anything was expected: then
  /// nothing ever is. What became of it is recorded as a fact.
  record CallOffReturn(OrderId orderId, Instant now) implements ShipmentCommand {}

  /// The goods are here, and as they should be.
  record ReceiveReturn(OrderId orderId, Instant now) implements ShipmentCommand {}

  /// The goods are here, but not as they should be: the customer gets them back, not his money.
  ///
  /// @param code upper-case words joined by underscores, at most 64 characters
  record RefuseReturn(OrderId orderId, String code, Instant now) implements ShipmentCommand {}
}
