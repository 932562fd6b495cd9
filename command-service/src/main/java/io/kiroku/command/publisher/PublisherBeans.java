package io.kiroku.command.publisher;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.service.kafka.SchemaIds;
import io.quarkus.arc.All;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Wires the publisher.
final class PublisherBeans {
  @Produces
  @Singleton
  Publisher publisher(
      Pool pool,
      Leases leases,
      @All List<PublishedSaga<?>> sagas,
      SchemaIds registry,
      OutboxConfig config) {
    OutboxTending tending =
        new OutboxTending(new OutboxCleaning(pool, config.slot()), config.cleanEvery());
    return new Publisher(pool, leases, StoredEvents.reader(), sagas, registry::of, tending);
  }
}
