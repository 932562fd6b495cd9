package io.kiroku.eventstore.node;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import com.eventstore.dbclient.PersistentSubscription;
import com.eventstore.dbclient.PersistentSubscriptionListener;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribePersistentSubscriptionOptions;
import com.eventstore.dbclient.SubscriptionFilter;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The only consumer of a persistent subscription to `$all`, which outlives the nodes it reads from
/// and acknowledges whatever it gets.
final class CrashConsumer {
  static final int CHECKPOINT_COUNT_MAX = 100;
  static final int SLOTS = 10;
  private static final String GROUP = "crash";

  private final NavigableSet<Long> delivered = new TreeSet<>();
  private final NavigableSet<Long> round = new TreeSet<>();
  private int again;

  void create(EventStoreDBPersistentSubscriptionsClient groups, String prefix) throws Exception {
    var options =
        CreatePersistentSubscriptionToAllOptions.get()
            .fromStart()
            .filter(SubscriptionFilter.newBuilder().addStreamNamePrefix(prefix).build())
            .checkpointUpperBound(CHECKPOINT_COUNT_MAX)
            .checkpointLowerBound(10)
            .checkpointAfterInMs(1000);
    groups.createToAll(GROUP, options).get(20, TimeUnit.SECONDS);
  }

  /// Position of the last event that the group is done with, or -1.
  long checkpoint(EventStoreDBPersistentSubscriptionsClient groups) throws Exception {
    return groups
        .getInfoToAll(GROUP)
        .get(20, TimeUnit.SECONDS)
        .orElseThrow()
        .getStats()
        .getLastCheckpointedEventPosition()
        .map(Position::getCommitUnsigned)
        .orElse(-1L);
  }

  void consume(EventStoreDBPersistentSubscriptionsClient groups) throws Exception {
    synchronized (this) {
      round.clear();
      again = 0;
    }
    var slots = SubscribePersistentSubscriptionOptions.get().bufferSize(SLOTS);
    groups.subscribeToAll(GROUP, slots, new Acknowledging()).get(20, TimeUnit.SECONDS);
  }

  /// Position of the first event of this round; beyond all if there was none.
  synchronized long first() {
    return round.isEmpty() ? Long.MAX_VALUE : round.first();
  }

  /// How many events of this round had been delivered in earlier ones.
  synchronized int again() {
    return again;
  }

  synchronized boolean got(Collection<Long> positions) {
    return delivered.containsAll(positions);
  }

  private synchronized void got(long position) {
    if (round.add(position) && !delivered.add(position)) {
      again++;
    }
  }

  private final class Acknowledging extends PersistentSubscriptionListener {
    @Override
    public void onEvent(PersistentSubscription from, int retryCount, ResolvedEvent event) {
      got(event.getOriginalEvent().getPosition().getCommitUnsigned());
      from.ack(event);
    }
  }
}
