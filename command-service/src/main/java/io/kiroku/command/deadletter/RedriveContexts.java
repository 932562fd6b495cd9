package io.kiroku.command.deadletter;

import io.kiroku.command.call.CommandCall;
import io.kiroku.eventstore.CommandContext;
import java.util.UUID;

/// Whose redrive it is, as the saga's event keeps it: caused by the letter.
final class RedriveContexts {
  private RedriveContexts() {}

  static CommandContext of(CommandCall call, UUID commandId, Letter letter) {
    CommandContext context = call.context(null);
    return new CommandContext(
        commandId,
        context.requestHash(),
        context.actor(),
        context.tenant(),
        context.correlationId(),
        letter.contents().isPresent() ? letter.id() : commandId,
        null,
        context.traceparent(),
        null);
  }
}
