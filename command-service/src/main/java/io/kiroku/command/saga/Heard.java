package io.kiroku.command.saga;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A trigger on its way to a saga.
///
/// @param id of the event, or derived from the timer and its time
/// @param origin the event in the log; null for a timer
record Heard<C extends StepCommand>(
    SagaDecisions<C> decisions,
    String sagaId,
    SagaTrigger<C> trigger,
    UUID id,
    @Nullable RecordedEvent origin) {
  /// As [SagaDecisions#hear].
  Uni<Void> answer() {
    return decisions.hear(this);
  }

  SagaKey key() {
    return decisions.key(sagaId);
  }

  /// Whether the saga has answered it already: then it is never decided again, whatever today's
  /// rules would say. An event is known by its place in the log, a timer by its id.
  boolean isOldNewsTo(SagaInstance<C> instance) {
    return origin == null
        ? instance.answered().contains(id)
        : origin.position() <= instance.triggerPosition();
  }

  @Nullable EventMetadata metadata() {
    return origin == null ? null : origin.metadata();
  }
}
