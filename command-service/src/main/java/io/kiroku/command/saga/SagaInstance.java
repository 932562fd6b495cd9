package io.kiroku.command.saga;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.StepCommand;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/// A saga folded to the end of its stream.
///
/// @param triggerPosition log position of the last event that it answered
/// @param answered ids of all that it answered, timers and operators' commands included
/// @param first metadata of its first event: whose saga it is; null before that
record SagaInstance<C extends StepCommand>(
    SagaState<C> state,
    long revision,
    long triggerPosition,
    PSet<UUID> answered,
    @Nullable EventMetadata first) {
  static <C extends StepCommand> SagaInstance<C> absent(SagaState<C> initial) {
    return new SagaInstance<>(initial, EventStore.NO_STREAM, -1, HashTreePSet.empty(), null);
  }

  /// With one more event.
  SagaInstance<C> with(SagaState<C> next, EventMetadata metadata) {
    Long position = metadata.triggerPosition();
    return new SagaInstance<>(
        next,
        revision + 1,
        position == null ? triggerPosition : Math.max(triggerPosition, position),
        answered.plus(metadata.causationId()),
        first == null ? metadata : first);
  }
}
