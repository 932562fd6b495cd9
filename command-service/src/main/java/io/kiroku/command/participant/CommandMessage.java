package io.kiroku.command.participant;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.service.kafka.MessageHeaders;
import java.util.UUID;

/// A saga's command as it came from Kafka.
///
/// @param envelope bytes of the topic's envelope message
public record CommandMessage(MessageHeaders headers, ByteString envelope) {
  /// Acts for processes: the owner of what they do for an order is known to the order alone.
  public static final String PROCESS = "order-fulfillment";

  /// @param commandId of the attempt, from the envelope
  /// @param actor whose stream it becomes, if this is its first event
  public CommandContext context(String commandId, String sagaId, String actor) {
    return context(UUID.fromString(commandId), sagaId, actor);
  }

  public CommandContext context(UUID commandId, String sagaId, String actor) {
    return new CommandContext(
        commandId,
        CommandIds.requestHash(envelope.toByteArray()),
        actor,
        headers.tenant(),
        headers.correlationId(),
        headers.causationId(),
        sagaId,
        headers.traceparent(),
        null);
  }
}
