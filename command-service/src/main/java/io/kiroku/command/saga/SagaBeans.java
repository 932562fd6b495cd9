package io.kiroku.command.saga;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.logconsumer.TimedWork;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.quarkus.arc.All;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Wires the runner of all kinds of sagas.
final class SagaBeans {
  @Produces
  @Singleton
  SagaRegistry registry(@All List<SagaDefinition<?>> definitions, EventStore store) {
    return new SagaRegistry(definitions, store);
  }

  @Produces
  @Singleton
  ParkedSagas parkedSagas(Pool pool) {
    return new ParkedSagas(pool);
  }

  @Produces
  @Singleton
  SagaParking parking(ParkedSagas rows, EventStore store) {
    return new SagaParking(rows, store);
  }

  @Produces
  @Singleton
  SagaRunner runner(
      SagaRegistry sagas,
      EventLog log,
      SagaParking parking,
      @All List<TimedWork> timedWork,
      Pool pool,
      Leases leases,
      Clock clock) {
    return new SagaRunner(
        new HeardEvents(StoredEvents.reader(), sagas),
        sagas,
        new SagaTimers(pool, sagas, log, clock),
        parking,
        timedWork,
        pool,
        leases);
  }
}
