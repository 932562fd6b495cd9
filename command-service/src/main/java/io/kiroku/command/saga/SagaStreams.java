package io.kiroku.command.saga;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The streams of one kind of saga: read and folded, and appended to.
final class SagaStreams<C extends StepCommand> {
  private final SagaDefinition<C> definition;
  private final EventStore store;

  /// @param position of the last event
  record Written<C extends StepCommand>(SagaInstance<C> saga, long position) {}

  SagaStreams(SagaDefinition<C> definition, EventStore store) {
    this.definition = definition;
    this.store = store;
  }

  StreamId stream(String sagaId) {
    return StreamId.of(definition.category(), sagaId);
  }

  Uni<List<Recorded<SagaEvent<C>>>> read(String sagaId) {
    return store.read(stream(sagaId), 0).flatMap(definition.codec()::decodeAll);
  }

  /// With what others appended meanwhile.
  Uni<SagaInstance<C>> further(String sagaId, SagaInstance<C> instance) {
    return store
        .read(stream(sagaId), instance.revision() + 1)
        .flatMap(definition.codec()::decodeAll)
        .map(more -> folded(instance, more));
  }

  SagaInstance<C> folded(List<Recorded<SagaEvent<C>>> history) {
    return folded(SagaInstance.absent(definition.rules().initial()), history);
  }

  private SagaInstance<C> folded(SagaInstance<C> from, List<Recorded<SagaEvent<C>>> events) {
    SagaInstance<C> instance = from;
    for (Recorded<SagaEvent<C>> recorded : events) {
      instance = with(instance, recorded.event(), recorded.envelope().metadata());
    }
    return instance;
  }

  private SagaInstance<C> with(
      SagaInstance<C> instance, SagaEvent<C> event, EventMetadata metadata) {
    return instance.with(definition.rules().evolve(instance.state(), event), metadata);
  }

  /// Appends and gives the saga as it is then. Fails with
  /// [io.kiroku.eventstore.ConcurrencyConflict] if the instance is not the last any more.
  ///
  /// @param cause id of the trigger or of the operator's command
  Uni<Written<C>> append(
      String sagaId,
      SagaInstance<C> instance,
      UUID cause,
      List<SagaEvent<C>> events,
      EventMetadata metadata) {
    return definition
        .codec()
        .encodeAll(metadata.tenant(), events)
        .flatMap(data ->
            store.append(
                stream(sagaId),
                instance.revision(),
                newEvents(sagaId, cause, events, data, metadata)))
        .map(appended -> {
          SagaInstance<C> now = instance;
          for (SagaEvent<C> event : events) {
            now = with(now, event, metadata);
          }
          return new Written<>(now, appended.position());
        });
  }

  /// The data is part of the ids: the store compares nothing else of a repeated append, and another
  /// leader may have decided the same trigger with other numbers.
  private List<NewEvent> newEvents(
      String sagaId,
      UUID cause,
      List<SagaEvent<C>> events,
      List<byte[]> data,
      EventMetadata metadata) {
    List<NewEvent> newEvents = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      UUID place = UuidV5.of(cause, sagaId, Integer.toString(i));
      newEvents.add(
          new NewEvent(
              UuidV5.of(place, data.get(i)),
              definition.codec().typeOf(events.get(i)),
              data.get(i),
              metadata));
    }
    return newEvents;
  }
}
