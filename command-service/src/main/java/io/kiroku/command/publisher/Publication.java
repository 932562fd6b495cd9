package io.kiroku.command.publisher;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.command.outbox.OutboxMessage;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.Effect;
import io.kiroku.saga.SagaEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Everything that a batch of events writes into PostgreSQL.
final class Publication {
  private final Function<SagaEvent<FulfillmentCommand>, List<Effect<FulfillmentCommand>>> effects;
  private final OrderRevisions orderRevisions;
  private final List<OutboxMessage> messages = new ArrayList<>();
  private final OrderRows orders = new OrderRows();
  private final SagaRows sagas = new SagaRows();
  private final TimerRows timers = new TimerRows();

  Publication(
      Function<SagaEvent<FulfillmentCommand>, List<Effect<FulfillmentCommand>>> effects,
      OrderRevisions orderRevisions) {
    this.effects = effects;
    this.orderRevisions = orderRevisions;
  }

  @SuppressWarnings("unchecked") // the only saga events in the log are the fulfillment's
  void add(Recorded<Object> recorded) {
    RecordedEvent envelope = recorded.envelope();
    switch (recorded.event()) {
      case CategoryEvent event -> tell(envelope, CatalogMessages.of(event));
      case ProductEvent event -> tell(envelope, CatalogMessages.of(event));
      case StockEvent event -> tell(envelope, InventoryMessages.of(event));
      case PaymentEvent event -> tell(envelope, PaymentMessages.of(event));
      case ShipmentEvent event -> tell(envelope, ShippingMessages.of(event));
      case OrderEvent event -> {
        orders.add(new Recorded<>(envelope, event));
        tell(envelope, OrderingMessages.of(event));
      }
      case SagaEvent<?> event ->
          addSagaEvent(new Recorded<>(envelope, (SagaEvent<FulfillmentCommand>) event));
      default -> throw new IllegalStateException("No context owns " + recorded.event().getClass());
    }
  }

  private void addSagaEvent(Recorded<SagaEvent<FulfillmentCommand>> recorded) {
    sagas.add(recorded);
    tell(recorded.envelope(), FulfillmentMessages.of(recorded, orderRevisions.tokenFor(recorded)));
    int index = 0;
    for (Effect<FulfillmentCommand> effect : effects.apply(recorded.event())) {
      add(recorded, effect, index++);
    }
  }

  private void add(
      Recorded<SagaEvent<FulfillmentCommand>> recorded,
      Effect<FulfillmentCommand> effect,
      int index) {
    RecordedEvent envelope = recorded.envelope();
    String sagaId = recorded.event().sagaId();
    switch (effect) {
      case Effect.Send<FulfillmentCommand> send ->
          send(envelope, CommandMessages.of(sagaId, envelope.id(), send), index);
      case Effect.StartTimer<FulfillmentCommand> start ->
          timers.start(sagaId, start, envelope.position());
      case Effect.CancelTimer<FulfillmentCommand> cancel -> timers.cancel(sagaId, cancel);
      case Effect.CancelAllTimers<FulfillmentCommand> _ -> timers.cancelAll(sagaId);
    }
  }

  private void tell(RecordedEvent cause, Optional<Published> published) {
    published.ifPresent(message -> send(cause, message, 0));
  }

  private void send(RecordedEvent cause, Published message, int index) {
    messages.add(
        new OutboxMessage(
            UuidV5.of(cause.id(), message.topic(), Integer.toString(index)),
            message.topic(),
            message.key(),
            message.type(),
            message.envelope(),
            cause));
  }

  List<OutboxMessage> messages() {
    return messages;
  }

  /// The statements besides the outbox, to be subscribed to in order on one connection.
  List<Uni<Void>> rowWrites(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(orders.writes(transaction));
    writes.addAll(sagas.writes(transaction));
    writes.addAll(timers.writes(transaction));
    return writes;
  }
}
