package io.kiroku.command.ordering;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Outcomes;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.proto.ordering.v1.OrderingCommand;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Confirms, cancels and takes back orders for sagas.
@Singleton
class OrderParticipant implements Participant {
  private final CommandHandler<OrderCommand, Order, OrderEvent> orders;
  private final Clock clock;

  OrderParticipant(CommandHandler<OrderCommand, Order, OrderEvent> orders, Clock clock) {
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.ORDERING_COMMANDS;
  }

  @Override
  public Uni<Void> handle(CommandMessage message) throws InvalidProtocolBufferException {
    OrderingCommand envelope = OrderingCommand.parseFrom(message.envelope());
    OrderCommand command = command(envelope, clock.instant());
    var context =
        message.context(envelope.getCommandId(), envelope.getSagaId(), CommandMessage.PROCESS);
    return orders
        .handle(OrderingGrpcService.stream(command.orderId()), command, context)
        .map(Outcomes::accepted)
        .replaceWithVoid();
  }

  private static OrderCommand command(OrderingCommand envelope, Instant now) {
    return switch (envelope.getCommandCase()) {
      case CONFIRM_ORDER ->
          new OrderCommand.ConfirmOrder(OrderId.of(envelope.getConfirmOrder().getOrderId()), now);
      case CANCEL_ORDER -> {
        var asked = envelope.getCancelOrder();
        yield new OrderCommand.CancelOrder(OrderId.of(asked.getOrderId()), asked.getReason(), now);
      }
      case COMPLETE_RETURN ->
          new OrderCommand.CompleteReturn(
              OrderId.of(envelope.getCompleteReturn().getOrderId()), now);
      case REFUSE_RETURN -> {
        var asked = envelope.getRefuseReturn();
        yield new OrderCommand.RefuseReturn(OrderId.of(asked.getOrderId()), asked.getCode(), now);
      }
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
    };
  }
}
