package io.kiroku.command.payment;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.ordering.Orders;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.proto.payment.v1.PaymentCommand;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Takes and gives back money for sagas. Amount and means of payment are in the order's stream.
@Singleton
class PaymentParticipant implements Participant {
  private final Payments payments;
  private final Orders orders;

  PaymentParticipant(Payments payments, Orders orders) {
    this.payments = payments;
    this.orders = orders;
  }

  @Override
  public String topic() {
    return Topics.PAYMENT_COMMANDS;
  }

  @Override
  public Uni<Void> handle(CommandMessage message) throws InvalidProtocolBufferException {
    PaymentCommand envelope = PaymentCommand.parseFrom(message.envelope());
    return switch (envelope.getCommandCase()) {
      case CAPTURE_PAYMENT ->
          capture(message, envelope, OrderId.of(envelope.getCapturePayment().getOrderId()));
      case REFUND_PAYMENT ->
          refund(message, envelope, OrderId.of(envelope.getRefundPayment().getOrderId()));
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
    };
  }

  private Uni<Void> capture(CommandMessage message, PaymentCommand envelope, OrderId id) {
    return orders
        .get(message.headers().tenant(), id)
        .flatMap(order ->
            payments.capture(
                id,
                order.contents().total(),
                order.contents().paymentToken(),
                context(message, envelope, order)));
  }

  private Uni<Void> refund(CommandMessage message, PaymentCommand envelope, OrderId id) {
    return orders
        .get(message.headers().tenant(), id)
        .flatMap(order -> payments.refund(id, context(message, envelope, order)));
  }

  private static CommandContext context(
      CommandMessage message, PaymentCommand envelope, Orders.Owned order) {
    return message.context(envelope.getCommandId(), envelope.getSagaId(), order.owner());
  }
}
