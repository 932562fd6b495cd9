package io.kiroku.command.fulfillment;

import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.publisher.CommandEnvelope;
import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.Topics;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.proto.inventory.v1.CommitStock;
import io.kiroku.proto.inventory.v1.ReleaseStock;
import io.kiroku.proto.inventory.v1.ReserveStock;
import io.kiroku.proto.inventory.v1.ReturnStock;
import io.kiroku.proto.ordering.v1.CancelOrder;
import io.kiroku.proto.ordering.v1.ConfirmOrder;
import io.kiroku.proto.payment.v1.CapturePayment;
import io.kiroku.proto.payment.v1.RefundPayment;
import io.kiroku.proto.shipping.v1.ArrangeShipment;
import io.kiroku.proto.shipping.v1.CancelShipment;
import io.kiroku.saga.Effect;
import java.util.UUID;

/// The message that asks a participant to do what a saga wants.
final class CommandMessages {
  private CommandMessages() {}

  static Published of(String sagaId, UUID sagaEvent, Effect.Send<FulfillmentCommand> send) {
    String order = send.command().orderId().toString();
    CommandEnvelope envelope = CommandEnvelope.of(sagaId, sagaEvent, send);
    return switch (send.command()) {
      case FulfillmentCommand.ReserveStock c -> {
        var content =
            ReserveStock.newBuilder()
                .setProductId(c.productId().toString())
                .setOrderId(order)
                .setQuantity(c.quantity())
                .setExpiresAt(ProtoTime.timestamp(c.expiresAt()))
                .build();
        var message = envelope.inventory().setReserveStock(content).build();
        yield Published.of(Topics.INVENTORY_COMMANDS, c.productId(), content, message);
      }
      case FulfillmentCommand.ReleaseStock c -> {
        var content = ReleaseStock.newBuilder().setProductId(c.part()).setOrderId(order).build();
        var message = envelope.inventory().setReleaseStock(content).build();
        yield Published.of(Topics.INVENTORY_COMMANDS, c.productId(), content, message);
      }
      case FulfillmentCommand.CommitStock c -> {
        var content = CommitStock.newBuilder().setProductId(c.part()).setOrderId(order).build();
        var message = envelope.inventory().setCommitStock(content).build();
        yield Published.of(Topics.INVENTORY_COMMANDS, c.productId(), content, message);
      }
      case FulfillmentCommand.ReturnStock c -> {
        var content = ReturnStock.newBuilder().setProductId(c.part()).setOrderId(order).build();
        var message = envelope.inventory().setReturnStock(content).build();
        yield Published.of(Topics.INVENTORY_COMMANDS, c.productId(), content, message);
      }
      case FulfillmentCommand.CapturePayment _ -> {
        var content = CapturePayment.newBuilder().setOrderId(order).build();
        var message = envelope.payment().setCapturePayment(content).build();
        yield Published.of(Topics.PAYMENT_COMMANDS, order, content, message);
      }
      case FulfillmentCommand.RefundPayment _ -> {
        var content = RefundPayment.newBuilder().setOrderId(order).build();
        var message = envelope.payment().setRefundPayment(content).build();
        yield Published.of(Topics.PAYMENT_COMMANDS, order, content, message);
      }
      case FulfillmentCommand.ArrangeShipment _ -> {
        var content = ArrangeShipment.newBuilder().setOrderId(order).build();
        var message = envelope.shipping().setArrangeShipment(content).build();
        yield Published.of(Topics.SHIPPING_COMMANDS, order, content, message);
      }
      case FulfillmentCommand.CancelShipment _ -> {
        var content = CancelShipment.newBuilder().setOrderId(order).build();
        var message = envelope.shipping().setCancelShipment(content).build();
        yield Published.of(Topics.SHIPPING_COMMANDS, order, content, message);
      }
      case FulfillmentCommand.ConfirmOrder _ -> {
        var content = ConfirmOrder.newBuilder().setOrderId(order).build();
        var message = envelope.ordering().setConfirmOrder(content).build();
        yield Published.of(Topics.ORDERING_COMMANDS, order, content, message);
      }
      case FulfillmentCommand.CancelOrder _ -> {
        var content = CancelOrder.newBuilder().setOrderId(order).setReason(send.reason()).build();
        var message = envelope.ordering().setCancelOrder(content).build();
        yield Published.of(Topics.ORDERING_COMMANDS, order, content, message);
      }
    };
  }
}
