package io.kiroku.command.fulfillment;

import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.SagaOfAnOrder;
import io.kiroku.command.saga.Addressed;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
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
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.UUID;

/// The fulfillment of an order: what it hears, and what the world hears of it.
@RegisterForReflection(
    targets = {SagaEvent.class, FulfillmentCommand.class},
    registerFullHierarchy = true)
public final class FulfillmentSaga extends SagaOfAnOrder<FulfillmentCommand> {
  // Filled while a native image is built, see StoredEvents.
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, FulfillmentCommand.class);

  private final Triggers triggers;

  public FulfillmentSaga(OrderFulfillment fulfillment) {
    super(fulfillment.saga(), TYPES);
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
  public Published command(String sagaId, UUID sagaEvent, Effect.Send<FulfillmentCommand> send) {
    return CommandMessages.of(sagaId, sagaEvent, send);
  }

  @Override
  public Optional<Published> message(
      Recorded<SagaEvent<FulfillmentCommand>> recorded, String orderToken) {
    return FulfillmentMessages.of(recorded, orderToken);
  }
}
