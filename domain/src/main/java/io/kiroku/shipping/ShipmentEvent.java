package io.kiroku.shipping;

import io.kiroku.decider.EventType;
import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Facts about the shipment of one order.
public sealed interface ShipmentEvent {
  OrderId orderId();

  Instant at();

  @EventType("shipment-arranged.v1")
  record ShipmentArranged(OrderId orderId, String carrierReference, Instant at)
      implements ShipmentEvent {}

  @EventType("shipment-refused.v1")
  record ShipmentRefused(OrderId orderId, String code, Instant at) implements ShipmentEvent {}

  @EventType("shipment-cancelled.v1")
  record ShipmentCancelled(OrderId orderId, Instant at) implements ShipmentEvent {}

  /// A process wanted to call back what is on its way.
  @EventType("shipment-cancellation-rejected.v1")
  record ShipmentCancellationRejected(OrderId orderId, String code, Instant at)
      implements ShipmentEvent {}

  @EventType("shipment-dispatched.v1")
  record ShipmentDispatched(OrderId orderId, String trackingNumber, Instant at)
      implements ShipmentEvent {}

  @EventType("shipment-delivered.v1")
  record ShipmentDelivered(OrderId orderId, Instant at) implements ShipmentEvent {}

  /// @param until when the goods have to be here
  @EventType("shipment-return-expected.v1")
  record ShipmentReturnExpected(OrderId orderId, Instant until, Instant at)
      implements ShipmentEvent {}

  @EventType("returned-goods-received.v1")
  record ReturnedGoodsReceived(OrderId orderId, Instant at) implements ShipmentEvent {}

  /// @param code what is wrong with them
  @EventType("returned-goods-refused.v1")
  record ReturnedGoodsRefused(OrderId orderId, String code, Instant at) implements ShipmentEvent {}

  @EventType("shipment-return-called-off.v1")
  record ShipmentReturnCalledOff(OrderId orderId, Instant at) implements ShipmentEvent {}

  /// A process wanted to call off what is here already.
  @EventType("shipment-return-call-off-rejected.v1")
  record ShipmentReturnCallOffRejected(OrderId orderId, String code, Instant at)
      implements ShipmentEvent {}

  /// The shipment was so already; nothing changed.
  @EventType("shipment-step-repeated.v1")
  record ShipmentStepRepeated(OrderId orderId, ShipmentStep step, Instant at)
      implements ShipmentEvent {}
}
