package io.kiroku.command.fulfillment;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.StepSaga;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Wires the order-fulfillment saga.
final class FulfillmentBeans {
  @Produces
  @Singleton
  OrderFulfillment fulfillment(FulfillmentConfig config) {
    return new OrderFulfillment(config.settings());
  }

  @Produces
  @Singleton
  StepSaga<FulfillmentCommand> saga(OrderFulfillment fulfillment) {
    return fulfillment.saga();
  }

  @Produces
  @Singleton
  SagaParking parking(Pool pool, EventStore store) {
    return new SagaParking(new ParkedSagas(pool), store);
  }

  @Produces
  @Singleton
  SagaRunner runner(
      OrderFulfillment fulfillment,
      StepSaga<FulfillmentCommand> saga,
      EventStore store,
      EventLog log,
      SagaParking parking,
      Pool pool,
      Leases leases,
      Clock clock) {
    return new SagaRunner(
        new HeardEvents(StoredEvents.reader(), fulfillment.triggers()),
        new SagaDecisions(saga, StoredEvents.codec(PersonKeys.NONE), store),
        new SagaTimers(pool, log, clock),
        parking,
        pool,
        leases);
  }
}
