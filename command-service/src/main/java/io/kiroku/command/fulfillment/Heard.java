package io.kiroku.command.fulfillment;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.SagaTrigger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A trigger on its way to a saga.
///
/// @param id of the event, or derived from the timer and its time
/// @param origin the event in the log; null for a timer
record Heard(
    String sagaId,
    SagaTrigger<FulfillmentCommand> trigger,
    UUID id,
    @Nullable RecordedEvent origin) {
  /// Whether the saga has answered it already: then it is never decided again, whatever today's
  /// rules would say. An event is known by its place in the log, a timer by its id.
  boolean isOldNewsTo(SagaInstance instance) {
    return origin == null
        ? instance.answered().contains(id)
        : origin.position() <= instance.triggerPosition();
  }

  @Nullable EventMetadata metadata() {
    return origin == null ? null : origin.metadata();
  }
}
