package io.kiroku.eventstore;

import org.junit.jupiter.api.Nested;

/// The store in memory keeps the contract.
class InMemoryEventStoreTest {
  private final InMemoryEventStore memory = new InMemoryEventStore();

  @Nested
  class Streams extends EventStoreContract {
    @Override
    protected EventStore store() {
      return memory;
    }
  }

  @Nested
  class Log extends EventLogContract {
    @Override
    protected EventStore store() {
      return memory;
    }

    @Override
    protected EventLog log() {
      return memory;
    }
  }

  @Nested
  class Feeds extends EventFeedsContract {
    @Override
    protected EventStore store() {
      return memory;
    }

    @Override
    protected EventFeeds feeds() {
      return memory;
    }
  }
}
