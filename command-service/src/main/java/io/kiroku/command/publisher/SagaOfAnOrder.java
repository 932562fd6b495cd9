package io.kiroku.command.publisher;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;
import io.kiroku.saga.StepSaga;
import java.util.Optional;
import java.util.Set;

/// A kind of saga of which every order has one at most: it is called after the order, and hears
/// whatever happens to it.
public abstract class SagaOfAnOrder<C extends StepCommand> implements PublishedSaga<C> {
  private static final Set<String> HEARD = Set.of("order", "stock", "payment", "shipment");
  // Streams of these are called after the order.
  private static final Set<String> OF_AN_ORDER = Set.of("order", "payment", "shipment");

  private final StepSaga<C> rules;
  private final EventCodec<SagaEvent<C>> codec;

  /// @param types of the saga's own events
  protected SagaOfAnOrder(StepSaga<C> rules, EventTypes types) {
    this.rules = rules;
    this.codec = JsonEventCodec.of(types, PersonKeys.NONE, Upcasters.NONE);
  }

  @Override
  public final StepSaga<C> rules() {
    return rules;
  }

  @Override
  public final EventCodec<SagaEvent<C>> codec() {
    return codec;
  }

  @Override
  public final Set<String> heardCategories() {
    return HEARD;
  }

  @Override
  public final Optional<String> sagaOf(RecordedEvent unreadable) {
    return OF_AN_ORDER.contains(unreadable.stream().category())
        ? Optional.of(unreadable.stream().id())
        : Optional.ofNullable(unreadable.metadata().sagaId());
  }

  @Override
  public final Optional<String> orderOf(String sagaId) {
    return Optional.of(sagaId);
  }
}
