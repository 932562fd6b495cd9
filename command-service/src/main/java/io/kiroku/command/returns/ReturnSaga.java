package io.kiroku.command.returns;

import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.SagaOfAnOrder;
import io.kiroku.command.saga.Addressed;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.returns.ReturnTriggers;
import io.kiroku.returns.ReturnTriggers.Told;
import io.kiroku.saga.Effect;
import io.kiroku.saga.SagaEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.UUID;

/// The return of an order: what it hears, and what the world hears of it. It is called after the
/// order, as the fulfillment is, and knows nothing of that.
@RegisterForReflection(
    targets = {SagaEvent.class, ReturnCommand.class},
    registerFullHierarchy = true)
public final class ReturnSaga extends SagaOfAnOrder<ReturnCommand> {
  // Filled while a native image is built, see StoredEvents.
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, ReturnCommand.class);

  private final ReturnTriggers triggers;

  public ReturnSaga(OrderReturn process) {
    super(process.saga(), TYPES);
    this.triggers = process.triggers();
  }

  @Override
  public String name() {
    return OrderReturn.NAME;
  }

  @Override
  public String category() {
    return "return";
  }

  @Override
  public Optional<Addressed<ReturnCommand>> hear(Object event) {
    Optional<Told> told =
        switch (event) {
          case OrderEvent e -> triggers.of(e);
          case StockEvent e -> triggers.of(e);
          case PaymentEvent e -> triggers.of(e);
          case ShipmentEvent e -> triggers.of(e);
          default -> Optional.empty();
        };
    return told.map(found -> new Addressed<>(found.orderId().toString(), found.trigger()));
  }

  @Override
  public Published command(String sagaId, UUID sagaEvent, Effect.Send<ReturnCommand> send) {
    return ReturnCommandMessages.of(sagaId, sagaEvent, send);
  }

  @Override
  public Optional<Published> message(
      Recorded<SagaEvent<ReturnCommand>> recorded, String orderToken) {
    return ReturnMessages.of(recorded, orderToken);
  }
}
