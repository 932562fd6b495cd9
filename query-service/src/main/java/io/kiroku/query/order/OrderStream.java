package io.kiroku.query.order;

import io.kiroku.eventstore.StreamId;

/// The streams that an order is shown from.
public enum OrderStream {
  ORDER(OrderContribution.CATEGORY),
  FULFILLMENT(FulfillmentContribution.CATEGORY),
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
