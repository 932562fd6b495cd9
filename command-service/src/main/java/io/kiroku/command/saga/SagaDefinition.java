package io.kiroku.command.saga;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;
import io.kiroku.saga.StepSaga;
import java.util.Optional;
import java.util.Set;

/// One kind of saga, as those who run it and those who look after it need to know it. A bean of
/// this type is all that a further kind takes.
///
/// @param <C> what its steps ask for
public interface SagaDefinition<C extends StepCommand> {
  /// The stored name of the process: `order-fulfillment`.
  String name();

  /// Category of its sagas' streams: `fulfillment`. Stored, and no other kind's.
  String category();

  StepSaga<C> rules();

  /// Of its sagas' own events.
  EventCodec<SagaEvent<C>> codec();

  /// Categories of the streams in which its triggers are.
  Set<String> heardCategories();

  /// What an event of those streams means to which saga; empty if nothing. Pure.
  Optional<Addressed<C>> hear(Object event);

  /// The saga that an event concerns which cannot be read; empty if its envelope does not tell.
  Optional<String> sagaOf(RecordedEvent unreadable);
}
