package io.kiroku.query.order;

import io.kiroku.proto.query.v1.Fulfillment;
import io.kiroku.proto.query.v1.FulfillmentStep;
import io.kiroku.proto.query.v1.NewestOrder;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.proto.query.v1.OrderLine;
import io.kiroku.proto.query.v1.Payment;
import io.kiroku.proto.query.v1.Shipment;
import io.kiroku.query.running.Stored;
import io.kiroku.query.running.Timestamps;

/// Documents as the contract shows them.
final class OrderMessages {
  private OrderMessages() {}

  static Order message(OrderPart order, Stored stored) {
    Order.Builder message =
        Order.newBuilder()
            .setOrderId(order.orderId())
            .setUserId(order.userId())
            .setStatus(order.status())
            .setReason(order.reason())
            .setTotalMinorUnits(order.totalMinorUnits())
            .setCurrency(order.currency())
            .setPlacedAt(Timestamps.of(order.placedAt()))
            .setRevision(stored.revision(OrderContribution.CATEGORY))
            .setJobId(order.jobId())
            .setTrackingNumber(order.trackingNumber());
    order.lines().forEach(line -> message.addLines(message(line)));
    return message
        .setFulfillment(
            message(
                stored
                    .part(FulfillmentContribution.CATEGORY, FulfillmentPart.class)
                    .orElse(FulfillmentPart.NONE)))
        .setPayment(
            message(
                stored
                    .part(PaymentContribution.CATEGORY, PaymentPart.class)
                    .orElse(PaymentPart.NONE)))
        .setShipment(
            message(
                stored
                    .part(ShipmentContribution.CATEGORY, ShipmentPart.class)
                    .orElse(ShipmentPart.NONE)))
        .build();
  }

  static NewestOrder newest(OrderPart order) {
    return NewestOrder.newBuilder()
        .setOrderId(order.orderId())
        .setStatus(order.status())
        .setTotalMinorUnits(order.totalMinorUnits())
        .setCurrency(order.currency())
        .setPlacedAt(Timestamps.of(order.placedAt()))
        .build();
  }

  private static OrderLine message(OrderPart.Line line) {
    return OrderLine.newBuilder()
        .setProductId(line.productId())
        .setName(line.name())
        .setQuantity(line.quantity())
        .setUnitPriceMinorUnits(line.unitPriceMinorUnits())
        .build();
  }

  private static Fulfillment message(FulfillmentPart saga) {
    Fulfillment.Builder message =
        Fulfillment.newBuilder().setStatus(saga.status()).setCode(saga.code());
    saga.steps().forEach(step -> message.addSteps(message(step)));
    return message.build();
  }

  private static FulfillmentStep message(FulfillmentPart.Step step) {
    FulfillmentStep.Builder message =
        FulfillmentStep.newBuilder()
            .setStep(step.step())
            .setStatus(step.status())
            .setAttempts(step.attempts());
    if (step.requestedAt() != null) {
      message.setRequestedAt(Timestamps.of(step.requestedAt()));
    }
    if (step.completedAt() != null) {
      message.setCompletedAt(Timestamps.of(step.completedAt()));
    }
    return message.build();
  }

  private static Payment message(PaymentPart payment) {
    return Payment.newBuilder()
        .setStatus(payment.status())
        .setCapturedMinorUnits(payment.capturedMinorUnits())
        .setRefundedMinorUnits(payment.refundedMinorUnits())
        .setCode(payment.code())
        .build();
  }

  private static Shipment message(ShipmentPart shipment) {
    return Shipment.newBuilder()
        .setStatus(shipment.status())
        .setCarrierReference(shipment.carrierReference())
        .setCode(shipment.code())
        .setTrackingNumber(shipment.trackingNumber())
        .build();
  }
}
