package io.kiroku.command.shipping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.ordering.Orders;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Topics;
import io.kiroku.proto.shipping.v1.ShippingCommand;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Arranges and cancels shipments for sagas, and waits for what comes back. The address is in the
/// order's stream.
@Singleton
class ShippingParticipant implements Participant {
  private final Shipments shipments;
  private final Orders orders;

  ShippingParticipant(Shipments shipments, Orders orders) {
    this.shipments = shipments;
    this.orders = orders;
  }

  @Override
  public String topic() {
    return Topics.SHIPPING_COMMANDS;
  }

  @Override
  public Uni<Void> handle(CommandMessage message) throws InvalidProtocolBufferException {
    ShippingCommand envelope = ShippingCommand.parseFrom(message.envelope());
    OrderId id =
        switch (envelope.getCommandCase()) {
          case ARRANGE_SHIPMENT -> OrderId.of(envelope.getArrangeShipment().getOrderId());
          case CANCEL_SHIPMENT -> OrderId.of(envelope.getCancelShipment().getOrderId());
          case EXPECT_RETURN -> OrderId.of(envelope.getExpectReturn().getOrderId());
          case CALL_OFF_RETURN -> OrderId.of(envelope.getCallOffReturn().getOrderId());
          case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
        };
    return orders
        .get(message.headers().tenant(), id)
        .flatMap(order -> {
          var context =
              message.context(envelope.getCommandId(), envelope.getSagaId(), order.owner());
          return switch (envelope.getCommandCase()) {
            case ARRANGE_SHIPMENT -> shipments.arrange(id, order.contents().address(), context);
            case CANCEL_SHIPMENT -> shipments.cancel(id, context);
            case EXPECT_RETURN ->
                shipments.expectReturn(
                    id, ProtoTime.instant(envelope.getExpectReturn().getUntil()), context);
            case CALL_OFF_RETURN -> shipments.callOffReturn(id, context);
            case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
          };
        });
  }
}
