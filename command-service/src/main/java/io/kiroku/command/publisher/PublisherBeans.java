package io.kiroku.command.publisher;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.saga.StepSaga;
import io.kiroku.service.kafka.SchemaIds;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the publisher.
final class PublisherBeans {
  @Produces
  @Singleton
  Publisher publisher(
      Pool pool,
      Leases leases,
      StepSaga<FulfillmentCommand> saga,
      SchemaIds registry,
      OutboxConfig config) {
    OutboxTending tending =
        new OutboxTending(new OutboxCleaning(pool, config.slot()), config.cleanEvery());
    return new Publisher(pool, leases, StoredEvents.reader(), saga::effects, registry, tending);
  }
}
