package io.kiroku.command.publisher;

import io.kiroku.eventstore.UuidV5;
import io.kiroku.proto.inventory.v1.InventoryCommand;
import io.kiroku.proto.ordering.v1.OrderingCommand;
import io.kiroku.proto.payment.v1.PaymentCommand;
import io.kiroku.proto.shipping.v1.ShippingCommand;
import io.kiroku.saga.Effect;
import io.kiroku.saga.StepCommand;
import java.util.UUID;

/// What the envelope of every saga's command begins with.
public record CommandEnvelope(String sagaId, String step, int attempt, String commandId) {
  /// @param sagaEvent id of the event whose effect it is: each attempt has an event of its own, so
  ///   the command's id is one per attempt and the same for every delivery of it
  public static CommandEnvelope of(
      String sagaId, UUID sagaEvent, Effect.Send<? extends StepCommand> send) {
    String attempt = Integer.toString(send.attempt());
    UUID commandId = UuidV5.of(sagaEvent, send.step(), send.command().part(), attempt);
    return new CommandEnvelope(sagaId, send.step(), send.attempt(), commandId.toString());
  }

  public InventoryCommand.Builder inventory() {
    return InventoryCommand.newBuilder()
        .setSagaId(sagaId)
        .setStep(step)
        .setAttempt(attempt)
        .setCommandId(commandId);
  }

  public PaymentCommand.Builder payment() {
    return PaymentCommand.newBuilder()
        .setSagaId(sagaId)
        .setStep(step)
        .setAttempt(attempt)
        .setCommandId(commandId);
  }

  public ShippingCommand.Builder shipping() {
    return ShippingCommand.newBuilder()
        .setSagaId(sagaId)
        .setStep(step)
        .setAttempt(attempt)
        .setCommandId(commandId);
  }

  public OrderingCommand.Builder ordering() {
    return OrderingCommand.newBuilder()
        .setSagaId(sagaId)
        .setStep(step)
        .setAttempt(attempt)
        .setCommandId(commandId);
  }
}
