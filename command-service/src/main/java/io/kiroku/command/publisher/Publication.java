package io.kiroku.command.publisher;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.command.outbox.OutboxMessage;
import io.kiroku.command.saga.SagaKey;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.Effect;
import io.kiroku.saga.StepCommand;
import io.kiroku.shipping.ShipmentEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that a batch of events writes into PostgreSQL.
final class Publication {
  private final OrderRevisions orderRevisions;
  private final List<OutboxMessage> messages = new ArrayList<>();
  private final OrderRows orders = new OrderRows();
  private final SagaRows sagas = new SagaRows();
  private final TimerRows timers = new TimerRows();
  private final ReservationTimerRows reservations = new ReservationTimerRows();

  Publication(OrderRevisions orderRevisions) {
    this.orderRevisions = orderRevisions;
  }

  void add(Recorded<Object> recorded) {
    RecordedEvent envelope = recorded.envelope();
    switch (recorded.event()) {
      case CategoryEvent event -> tell(envelope, CatalogMessages.of(event));
      case ProductEvent event -> tell(envelope, CatalogMessages.of(event));
      case ShelfEvent event -> tell(envelope, CatalogMessages.of(event));
      case StockEvent event -> {
        reservations.add(envelope, event);
        tell(envelope, InventoryMessages.of(event));
      }
      case PaymentEvent event -> tell(envelope, PaymentMessages.of(event));
      case ShipmentEvent event -> tell(envelope, ShippingMessages.of(event));
      case OrderEvent event -> {
        orders.add(new Recorded<>(envelope, event));
        tell(envelope, OrderingMessages.of(event));
      }
      default -> throw new IllegalStateException("No context owns " + recorded.event().getClass());
    }
  }

  <C extends StepCommand> void add(SagaFact<C> fact) {
    sagas.add(fact);
    tell(fact.envelope(), fact.kind().message(fact.recorded(), orderRevisions.tokenFor(fact)));
    int index = 0;
    for (Effect<C> effect : fact.kind().rules().effects(fact.event())) {
      add(fact, effect, index++);
    }
  }

  private <C extends StepCommand> void add(SagaFact<C> fact, Effect<C> effect, int index) {
    RecordedEvent envelope = fact.envelope();
    String sagaId = fact.event().sagaId();
    SagaKey saga = new SagaKey(fact.kind().category(), sagaId);
    switch (effect) {
      case Effect.Send<C> send ->
          send(envelope, fact.kind().command(sagaId, envelope.id(), send), index);
      case Effect.StartTimer<C> start ->
          timers.start(saga, start.timer(), start.dueAt(), envelope.position());
      case Effect.CancelTimer<C> cancel -> timers.cancel(saga, cancel.timer());
      case Effect.CancelAllTimers<C> _ -> timers.cancelAll(saga);
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
    writes.addAll(reservations.writes(transaction));
    return writes;
  }
}
