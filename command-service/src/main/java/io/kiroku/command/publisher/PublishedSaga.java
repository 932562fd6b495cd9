package io.kiroku.command.publisher;

import io.kiroku.command.saga.SagaDefinition;
import io.kiroku.eventstore.Recorded;
import io.kiroku.saga.Effect;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;
import java.util.Optional;
import java.util.UUID;

/// One kind of saga, as the publisher needs to know it: what its sagas send.
public interface PublishedSaga<C extends StepCommand> extends SagaDefinition<C> {
  /// The message that asks a participant to do what a saga wants.
  ///
  /// @param sagaEvent id of the event whose effect it is: each attempt has an event of its own, so
  ///   a command id made of it is one per attempt and the same for every delivery
  Published command(String sagaId, UUID sagaEvent, Effect.Send<C> send);

  /// What the world is told of an event; empty if nothing.
  ///
  /// @param orderToken shows the order as the saga left it; for a saga's last event, else empty
  Optional<Published> message(Recorded<SagaEvent<C>> recorded, String orderToken);

  /// The order that the saga is about; empty if it is about none.
  Optional<String> orderOf(String sagaId);
}
