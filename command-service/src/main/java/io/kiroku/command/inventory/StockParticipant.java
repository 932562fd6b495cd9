package io.kiroku.command.inventory;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Outcomes;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.proto.inventory.v1.InventoryCommand;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Keeps stock back, lets it go, takes it out and puts it back for sagas.
@Singleton
class StockParticipant implements Participant {
  private final CommandHandler<StockCommand, Stock, StockEvent> stocks;
  private final Clock clock;

  StockParticipant(CommandHandler<StockCommand, Stock, StockEvent> stocks, Clock clock) {
    this.stocks = stocks;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.INVENTORY_COMMANDS;
  }

  @Override
  public Uni<Void> handle(CommandMessage message) throws InvalidProtocolBufferException {
    InventoryCommand envelope = InventoryCommand.parseFrom(message.envelope());
    StockCommand command = command(envelope, clock.instant());
    var context =
        message.context(envelope.getCommandId(), envelope.getSagaId(), CommandMessage.PROCESS);
    return stocks
        .handle(InventoryGrpcService.stream(command.productId()), command, context)
        .map(Outcomes::accepted)
        .replaceWithVoid();
  }

  private static StockCommand command(InventoryCommand envelope, Instant now) {
    return switch (envelope.getCommandCase()) {
      case RESERVE_STOCK -> {
        var asked = envelope.getReserveStock();
        yield new StockCommand.ReserveStock(
            ProductId.of(asked.getProductId()),
            OrderId.of(asked.getOrderId()),
            asked.getQuantity(),
            ProtoTime.instant(asked.getExpiresAt()),
            now);
      }
      case RELEASE_STOCK -> {
        var asked = envelope.getReleaseStock();
        yield new StockCommand.ReleaseStock(
            ProductId.of(asked.getProductId()), OrderId.of(asked.getOrderId()), now);
      }
      case COMMIT_STOCK -> {
        var asked = envelope.getCommitStock();
        yield new StockCommand.CommitStock(
            ProductId.of(asked.getProductId()), OrderId.of(asked.getOrderId()), now);
      }
      case RETURN_STOCK -> {
        var asked = envelope.getReturnStock();
        yield new StockCommand.ReturnStock(
            ProductId.of(asked.getProductId()), OrderId.of(asked.getOrderId()), now);
      }
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(envelope.getUnknownFields());
    };
  }
}
