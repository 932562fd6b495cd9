package io.kiroku.gateway.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.gateway.wire.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as its owner sees it, with what became of it.
///
/// @param status `PLACED`, `CONFIRMED` or `CANCELLED`
/// @param reason why it was cancelled
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(
    String orderId,
    String userId,
    String status,
    @Nullable String reason,
    List<Line> lines,
    long totalMinorUnits,
    String currency,
    @Nullable Instant placedAt,
    @Nullable Fulfillment fulfillment,
    @Nullable Payment payment,
    @Nullable Shipment shipment,
    long revision,
    @Nullable String jobId) {

  static Order of(io.kiroku.proto.query.v1.Order order) {
    return new Order(
        order.getOrderId(),
        order.getUserId(),
        order.getStatus(),
        Wire.text(order.getReason()),
        order.getLinesList().stream().map(Line::of).toList(),
        order.getTotalMinorUnits(),
        order.getCurrency(),
        Wire.instant(order.getPlacedAt()),
        order.getFulfillment().getStatus().isEmpty()
            ? null
            : Fulfillment.of(order.getFulfillment()),
        order.getPayment().getStatus().isEmpty() ? null : Payment.of(order.getPayment()),
        order.getShipment().getStatus().isEmpty() ? null : Shipment.of(order.getShipment()),
        order.getRevision(),
        Wire.text(order.getJobId()));
  }

  record Line(String productId, String name, int quantity, long unitPriceMinorUnits) {
    static Line of(io.kiroku.proto.query.v1.OrderLine line) {
      return new Line(
          line.getProductId(), line.getName(), line.getQuantity(), line.getUnitPriceMinorUnits());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Payment(
      String status, long capturedMinorUnits, long refundedMinorUnits, @Nullable String code) {
    static Payment of(io.kiroku.proto.query.v1.Payment payment) {
      return new Payment(
          payment.getStatus(),
          payment.getCapturedMinorUnits(),
          payment.getRefundedMinorUnits(),
          Wire.text(payment.getCode()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shipment(String status, @Nullable String carrierReference, @Nullable String code) {
    static Shipment of(io.kiroku.proto.query.v1.Shipment shipment) {
      return new Shipment(
          shipment.getStatus(),
          Wire.text(shipment.getCarrierReference()),
          Wire.text(shipment.getCode()));
    }
  }
}
