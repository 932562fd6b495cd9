package io.kiroku.command.fulfillment;

import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StateCache;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.StepSaga;
import io.kiroku.service.tracing.Traces;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Lets one saga hear one trigger: decides and appends what follows, once. For each saga at a time
/// only one caller; for different sagas any number.
final class SagaDecisions {
  private static final Logger LOG = Logger.getLogger(SagaDecisions.class);
  private static final int CONFLICT_RETRIES_MAX = 10;
  private static final int SAGAS_CACHED_MAX = 20_000;

  private final StepSaga<FulfillmentCommand> saga;
  private final EventCodec<SagaEvent<FulfillmentCommand>> codec;
  private final EventStore store;
  private volatile StateCache<String, SagaInstance> cache = new StateCache<>(SAGAS_CACHED_MAX);

  SagaDecisions(
      StepSaga<FulfillmentCommand> saga,
      EventCodec<SagaEvent<FulfillmentCommand>> codec,
      EventStore store) {
    this.saga = saga;
    this.codec = codec;
    this.store = store;
  }

  static StreamId stream(String sagaId) {
    return StreamId.of("fulfillment", sagaId);
  }

  /// Completes when what follows from the trigger is in the log. Fails with whatever the rules or
  /// the codec throw: then nothing was appended.
  Uni<Void> hear(Heard heard) {
    return Uni.createFrom()
        .deferred(() -> instance(heard.sagaId()))
        .flatMap(instance -> answer(heard, instance))
        .onFailure(ConcurrencyConflict.class)
        .invoke(() -> cache.remove(heard.sagaId()))
        .onFailure(ConcurrencyConflict.class)
        .retry()
        .atMost(CONFLICT_RETRIES_MAX);
  }

  private Uni<SagaInstance> instance(String sagaId) {
    SagaInstance cached = cache.get(sagaId);
    return cached != null
        ? Uni.createFrom().item(cached)
        : store
            .read(stream(sagaId), 0)
            .flatMap(codec::decodeAll)
            .map(this::folded)
            .invoke(instance -> cache.put(sagaId, instance, 1));
  }

  private SagaInstance folded(List<Recorded<SagaEvent<FulfillmentCommand>>> history) {
    SagaInstance instance = SagaInstance.absent(saga.initial());
    for (Recorded<SagaEvent<FulfillmentCommand>> recorded : history) {
      SagaState<FulfillmentCommand> next = saga.evolve(instance.state(), recorded.event());
      instance = instance.with(next, recorded.envelope().metadata());
    }
    return instance;
  }

  private Uni<Void> answer(Heard heard, SagaInstance instance) {
    if (heard.isOldNewsTo(instance)) {
      return Uni.createFrom().voidItem();
    }
    List<SagaEvent<FulfillmentCommand>> events = saga.decide(heard.trigger(), instance.state());
    Optional<EventMetadata> metadata = metadata(heard, instance);
    if (events.isEmpty() || metadata.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return codec
        .encodeAll(metadata.get().tenant(), events)
        .flatMap(data ->
            store.append(
                stream(heard.sagaId()),
                instance.revision(),
                newEvents(heard, events, data, metadata.get())))
        .invoke(() -> {
          remember(heard.sagaId(), instance, events, metadata.get());
          log(heard, events, metadata.get());
        })
        .replaceWithVoid();
  }

  /// Tenant, owner and job are those of the saga's beginning, whoever the trigger came from. Empty
  /// for a timer of a saga that was never started.
  private static Optional<EventMetadata> metadata(Heard heard, SagaInstance instance) {
    EventMetadata ofTrigger = heard.metadata();
    EventMetadata origin = instance.first() != null ? instance.first() : ofTrigger;
    if (origin == null) {
      return Optional.empty();
    }
    return Optional.of(
        new EventMetadata(
            origin.correlationId(),
            heard.id(),
            heard.id(),
            "",
            origin.actor(),
            origin.tenant(),
            heard.sagaId(),
            ofTrigger == null ? origin.traceparent() : ofTrigger.traceparent(),
            heard.origin() == null ? instance.triggerPosition() : heard.origin().position()));
  }

  /// The data is part of the ids: the store compares nothing else of a repeated append, and another
  /// leader may have decided the same trigger with other numbers.
  private List<NewEvent> newEvents(
      Heard heard,
      List<SagaEvent<FulfillmentCommand>> events,
      List<byte[]> data,
      EventMetadata metadata) {
    List<NewEvent> newEvents = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      UUID place = UuidV5.of(heard.id(), heard.sagaId(), Integer.toString(i));
      newEvents.add(
          new NewEvent(
              UuidV5.of(place, data.get(i)), codec.typeOf(events.get(i)), data.get(i), metadata));
    }
    return newEvents;
  }

  private void remember(
      String sagaId,
      SagaInstance instance,
      List<SagaEvent<FulfillmentCommand>> events,
      EventMetadata metadata) {
    SagaInstance now = instance;
    for (SagaEvent<FulfillmentCommand> event : events) {
      now = now.with(saga.evolve(now.state(), event), metadata);
    }
    cache.put(sagaId, Objects.requireNonNull(now), 1);
  }

  private void log(
      Heard heard, List<SagaEvent<FulfillmentCommand>> events, EventMetadata metadata) {
    if (LOG.isInfoEnabled()) {
      Traces.within(
          metadata.traceparent(),
          "saga order-fulfillment",
          () ->
              LOG.infof(
                  "saga %s: %s -> %s",
                  heard.sagaId(),
                  heard.trigger().getClass().getSimpleName(),
                  events.stream().map(codec::typeOf).toList()));
    }
  }

  /// Another instance may have led in the meantime.
  void forgetAll() {
    cache = new StateCache<>(SAGAS_CACHED_MAX);
  }
}
