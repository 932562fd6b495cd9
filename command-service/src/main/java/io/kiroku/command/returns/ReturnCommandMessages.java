package io.kiroku.command.returns;

import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.publisher.CommandEnvelope;
import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.Topics;
import io.kiroku.proto.inventory.v1.ReturnStock;
import io.kiroku.proto.ordering.v1.CompleteReturn;
import io.kiroku.proto.ordering.v1.RefuseReturn;
import io.kiroku.proto.payment.v1.RefundPayment;
import io.kiroku.proto.shipping.v1.CallOffReturn;
import io.kiroku.proto.shipping.v1.ExpectReturn;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.saga.Effect;
import java.util.UUID;

/// The message that asks a participant to do what a return wants.
final class ReturnCommandMessages {
  private ReturnCommandMessages() {}

  static Published of(String sagaId, UUID sagaEvent, Effect.Send<ReturnCommand> send) {
    String order = send.command().orderId().toString();
    CommandEnvelope envelope = CommandEnvelope.of(sagaId, sagaEvent, send);
    return switch (send.command()) {
      case ReturnCommand.ExpectReturn c -> {
        var content =
            ExpectReturn.newBuilder()
                .setOrderId(order)
                .setUntil(ProtoTime.timestamp(c.until()))
                .build();
        var message = envelope.shipping().setExpectReturn(content).build();
        yield Published.of(Topics.SHIPPING_COMMANDS, order, content, message);
      }
      case ReturnCommand.CallOffReturn _ -> {
        var content = CallOffReturn.newBuilder().setOrderId(order).build();
        var message = envelope.shipping().setCallOffReturn(content).build();
        yield Published.of(Topics.SHIPPING_COMMANDS, order, content, message);
      }
      case ReturnCommand.ReturnStock c -> {
        var content = ReturnStock.newBuilder().setProductId(c.part()).setOrderId(order).build();
        var message = envelope.inventory().setReturnStock(content).build();
        yield Published.of(Topics.INVENTORY_COMMANDS, c.productId(), content, message);
      }
      case ReturnCommand.RefundPayment _ -> {
        var content = RefundPayment.newBuilder().setOrderId(order).build();
        var message = envelope.payment().setRefundPayment(content).build();
        yield Published.of(Topics.PAYMENT_COMMANDS, order, content, message);
      }
      case ReturnCommand.CompleteReturn _ -> {
        var content = CompleteReturn.newBuilder().setOrderId(order).build();
        var message = envelope.ordering().setCompleteReturn(content).build();
        yield Published.of(Topics.ORDERING_COMMANDS, order, content, message);
      }
      case ReturnCommand.RefuseReturn _ -> {
        var content =
            RefuseReturn.newBuilder()
                .setOrderId(order)
                .setCode(OrderReturn.refusal(send.reason()))
                .build();
        var message = envelope.ordering().setRefuseReturn(content).build();
        yield Published.of(Topics.ORDERING_COMMANDS, order, content, message);
      }
    };
  }
}
