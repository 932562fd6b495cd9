package io.kiroku.query.running;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.SharedLog;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventFeeds;
import io.kiroku.eventstore.db.EventStoreDbEventIndexes;
import io.kiroku.eventstore.db.EventStoreDbEventLog;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.projection.engine.EventSources;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@ApplicationScoped
class EventStoreBeans {
  @Produces
  @Singleton
  EventStoreDbConnection connection(QueryConfig config) {
    return new EventStoreDbConnection(config.eventstoreUrl());
  }

  void close(@Disposes EventStoreDbConnection connection) {
    connection.close();
  }

  @Produces
  @Singleton
  EventIndexes indexes(EventStoreDbConnection connection) {
    return new EventStoreDbEventIndexes(connection);
  }

  @Produces
  @Singleton
  @DefaultBean
  EventSources sources(EventStoreDbConnection connection) {
    return new EventSources(
        new EventStoreDbEventStore(connection),
        new SharedLog(new EventStoreDbEventLog(connection)),
        new EventStoreDbEventFeeds(connection));
  }
}
