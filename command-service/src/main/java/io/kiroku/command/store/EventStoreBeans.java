package io.kiroku.command.store;

import io.kiroku.command.oldercommands.PostgresOlderCommands;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.SharedLog;
import io.kiroku.eventstore.SnapshotStore;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventLog;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.eventstore.db.EventStoreDbSnapshotStore;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Everybody's event store.
final class EventStoreBeans {
  @Produces
  @Singleton
  EventStoreDbConnection connection(EventStoreConfig config) {
    return new EventStoreDbConnection(config.url());
  }

  void close(@Disposes EventStoreDbConnection connection) {
    connection.close();
  }

  @Produces
  @Singleton
  EventStore store(EventStoreDbConnection connection) {
    return new EventStoreDbEventStore(connection);
  }

  @Produces
  @Singleton
  SnapshotStore snapshots(EventStoreDbConnection connection) {
    return new EventStoreDbSnapshotStore(connection);
  }

  @Produces
  @Singleton
  OlderCommands olderCommands(Pool pool, EventStore store) {
    return new PostgresOlderCommands(pool, store);
  }

  @Produces
  @Singleton
  EventLog log(EventStoreDbConnection connection) {
    return new SharedLog(new EventStoreDbEventLog(connection));
  }

  @Produces
  @Singleton
  HandlerLimits limits() {
    return HandlerLimits.DEFAULT;
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
