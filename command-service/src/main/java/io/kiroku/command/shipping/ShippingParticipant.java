package io.kiroku.command.shipping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.ordering.Orders;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Topics;
import io.kiroku.proto.shipping.v1.ShippingCommand;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Arranges and cancels shipments for sagas. The address is in the order's stream.
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
          case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
        };
    return orders
        .get(message.headers().tenant(), id)
        .flatMap(order -> {
          var context =
              message.context(envelope.getCommandId(), envelope.getSagaId(), order.owner());
          return envelope.hasArrangeShipment()
              ? shipments.arrange(id, order.contents().address(), context)
              : shipments.cancel(id, context);
        });
  }
}
