package io.kiroku.gateway.order;

import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import java.util.Map;

/// An order that was taken; its job tells how it goes on.
///
/// @param links paths of what belongs to it: `order`, `job`
record PlacedOrder(
    String orderId,
    String jobId,
    long totalMinorUnits,
    String currency,
    long revision,
    Map<String, String> links) {
  static PlacedOrder of(PlaceOrderResponse placed) {
    return new PlacedOrder(
        placed.getOrderId(),
        placed.getJobId(),
        placed.getTotalMinorUnits(),
        placed.getCurrency(),
        placed.getRevision(),
        Map.of(
            "order", OrderResource.PATH + "/" + placed.getOrderId(),
            "job", "/api/v1/jobs/" + placed.getJobId()));
  }
}
