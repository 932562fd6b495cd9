package io.kiroku.eventstore.db;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.EventFeedsContract;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLogContract;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreContract;
import io.kiroku.eventstore.SharedLog;
import io.kiroku.eventstore.SnapshotStore;
import io.kiroku.eventstore.SnapshotStoreContract;
import io.kiroku.eventstore.node.junit.ConnectionString;
import io.kiroku.eventstore.node.junit.EventStoreNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// The adapter keeps the contract.
@EventStoreNode
@SuppressWarnings("NullAway.Init") // set before all tests
class EventStoreDbContractTest {
  private static EventStoreDbConnection connection;

  @BeforeAll
  static void connect(@ConnectionString String node) {
    connection = new EventStoreDbConnection(node);
  }

  @AfterAll
  static void disconnect() {
    connection.close();
  }

  @Nested
  class Streams extends EventStoreContract {
    @Override
    protected EventStore store() {
      return new EventStoreDbEventStore(connection);
    }
  }

  @Nested
  class Snapshots extends SnapshotStoreContract {
    @Override
    protected SnapshotStore snapshots() {
      return new EventStoreDbSnapshotStore(connection);
    }
  }

  @Nested
  class Log extends EventLogContract {
    @Override
    protected EventStore store() {
      return new EventStoreDbEventStore(connection);
    }

    @Override
    protected EventLog log() {
      return new EventStoreDbEventLog(connection);
    }
  }

  @Nested
  class LogOfManyReaders extends EventLogContract {
    private final EventLog shared = new SharedLog(new EventStoreDbEventLog(connection));

    @Override
    protected EventStore store() {
      return new EventStoreDbEventStore(connection);
    }

    @Override
    protected EventLog log() {
      return shared;
    }
  }

  @Nested
  class Feeds extends EventFeedsContract {
    @Override
    protected EventStore store() {
      return new EventStoreDbEventStore(connection);
    }

    @Override
    protected EventFeeds feeds() {
      return new EventStoreDbEventFeeds(connection);
    }
  }
}
