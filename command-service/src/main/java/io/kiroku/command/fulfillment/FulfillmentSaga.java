package io.kiroku.command.fulfillment;

import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.PublishedSaga;
import io.kiroku.command.saga.Addressed;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.fulfillment.SagaIds;
import io.kiroku.fulfillment.Triggers;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.Effect;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.StepSaga;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The fulfillment of an order: what it hears, and what the world hears of it.
@RegisterForReflection(
    targets = {SagaEvent.class, FulfillmentCommand.class},
    registerFullHierarchy = true)
public final class FulfillmentSaga implements PublishedSaga<FulfillmentCommand> {
  // Filled while a native image is built, see StoredEvents.
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, FulfillmentCommand.class);
  // Streams of these are called after the order.
  private static final Set<String> OF_AN_ORDER = Set.of("order", "payment", "shipment");

  private final StepSaga<FulfillmentCommand> rules;
  private final Triggers triggers;
  private final EventCodec<SagaEvent<FulfillmentCommand>> codec =
      JsonEventCodec.of(TYPES, PersonKeys.NONE, Upcasters.NONE);

  public FulfillmentSaga(OrderFulfillment fulfillment) {
    this.rules = fulfillment.saga();
    this.triggers = fulfillment.triggers();
  }

  @Override
  public String name() {
    return OrderFulfillment.NAME;
  }

  @Override
  public String category() {
    return "fulfillment";
  }

  @Override
  public StepSaga<FulfillmentCommand> rules() {
    return rules;
  }

  @Override
  public EventCodec<SagaEvent<FulfillmentCommand>> codec() {
    return codec;
  }

  @Override
  public Set<String> heardCategories() {
    return Set.of("order", "stock", "payment", "shipment");
  }

  @Override
  public Optional<Addressed<FulfillmentCommand>> hear(Object event) {
    return switch (event) {
      case OrderEvent e -> addressed(SagaIds.of(e), triggers.of(e));
      case StockEvent e -> addressed(SagaIds.of(e), triggers.of(e));
      case PaymentEvent e -> addressed(SagaIds.of(e), triggers.of(e));
      case ShipmentEvent e -> addressed(SagaIds.of(e), triggers.of(e));
      default -> Optional.empty();
    };
  }

  private static Optional<Addressed<FulfillmentCommand>> addressed(
      Optional<String> sagaId, Optional<SagaTrigger<FulfillmentCommand>> trigger) {
    return sagaId.flatMap(id -> trigger.map(found -> new Addressed<>(id, found)));
  }

  @Override
  public Optional<String> sagaOf(RecordedEvent unreadable) {
    return OF_AN_ORDER.contains(unreadable.stream().category())
        ? Optional.of(unreadable.stream().id())
        : Optional.ofNullable(unreadable.metadata().sagaId());
  }

  @Override
  public Published command(String sagaId, UUID sagaEvent, Effect.Send<FulfillmentCommand> send) {
    return CommandMessages.of(sagaId, sagaEvent, send);
  }

  @Override
  public Optional<Published> message(
      Recorded<SagaEvent<FulfillmentCommand>> recorded, String orderToken) {
    return FulfillmentMessages.of(recorded, orderToken);
  }

  @Override
  public Optional<String> orderOf(String sagaId) {
    return Optional.of(sagaId);
  }
}
