package io.kiroku.query.order;

import io.kiroku.eventstore.StreamId;

/// Streams of an order that have histories; its fulfillment is a saga of its own.
public enum OrderStream {
  ORDER(OrderContribution.CATEGORY),
  PAYMENT(PaymentContribution.CATEGORY),
  SHIPMENT(ShipmentContribution.CATEGORY);

  private final String category;

  OrderStream(String category) {
    this.category = category;
  }

  StreamId of(String orderId) {
    return StreamId.of(category, orderId);
  }
}
