package io.kiroku.command.publisher;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.command.outbox.OutboxConfig;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.eventstore.EventLog;
import io.kiroku.service.kafka.SchemaIds;
import io.quarkus.arc.All;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Wires the publisher, and what repairs its work.
final class PublisherBeans {
  @Produces
  @Singleton
  OutboxCleaning cleaning(Pool pool, OutboxConfig config) {
    return new OutboxCleaning(pool, config.slot());
  }

  @Produces
  @Singleton
  Publisher publisher(
      Pool pool,
      Leases leases,
      @All List<PublishedSaga<?>> sagas,
      SchemaIds registry,
      OutboxCleaning cleaning,
      OutboxConfig config) {
    return new Publisher(
        pool,
        leases,
        new Publications(StoredEvents.reader(), sagas, pool),
        registry::of,
        new OutboxTending(cleaning, config.cleanEvery()));
  }

  @Produces
  @Singleton
  Republisher republisher(
      EventLog log,
      Pool pool,
      OutboxCleaning cleaning,
      @All List<PublishedSaga<?>> sagas,
      SagaRegistry running,
      SchemaIds registry,
      OutboxConfig config) {
    return new Republisher(
        log, pool, cleaning, sagas, new WantedMessages(running), registry, config);
  }
}
