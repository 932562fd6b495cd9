package io.kiroku.eventstore.db;

import com.eventstore.dbclient.PersistentSubscription;
import com.eventstore.dbclient.PersistentSubscriptionListener;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribePersistentSubscriptionOptions;
import io.kiroku.eventstore.EventFeeds.FeedCursor;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One member of a persistent subscription's group.
final class FeedSubscription implements FeedCursor {
  /// Events that the store sends ahead of their acknowledgement.
  private static final int SLOTS = 512;

  /// The store takes at most 2,000 in one message.
  private static final int ACKNOWLEDGED_AT_ONCE_MAX = 1_000;

  private final EventStoreDbConnection connection;
  private final String group;
  private final FeedBuffer buffer;
  private final Map<UUID, ResolvedEvent> inFlight = new ConcurrentHashMap<>();
  private final Uni<PersistentSubscription> started;
  private @Nullable PersistentSubscription subscription;
  private boolean closed;

  FeedSubscription(EventStoreDbConnection connection, Events events, String group) {
    this.connection = connection;
    this.group = group;
    this.buffer = new FeedBuffer(events);
    this.started =
        Uni.createFrom().deferred(this::subscribe).invoke(this::started).memoize().indefinitely();
  }

  private Uni<PersistentSubscription> subscribe() {
    SubscribePersistentSubscriptionOptions options =
        SubscribePersistentSubscriptionOptions.get().bufferSize(SLOTS);
    return connection.callPersistent(
        client -> client.subscribeToAll(group, options, new Listener()));
  }

  private synchronized void started(PersistentSubscription begun) {
    subscription = begun;
    if (closed) {
      begun.stop();
    }
  }

  @Override
  public Uni<List<RecordedEvent>> next(int most) {
    return started.flatMap(_ -> buffer.next(most));
  }

  @Override
  public synchronized void ack(List<RecordedEvent> events) {
    if (subscription == null || closed) {
      return;
    }
    List<ResolvedEvent> acknowledged = new ArrayList<>(events.size());
    for (RecordedEvent event : events) {
      ResolvedEvent sent = inFlight.remove(event.id());
      if (sent != null) {
        acknowledged.add(sent);
      }
    }
    for (int i = 0; i < acknowledged.size(); i += ACKNOWLEDGED_AT_ONCE_MAX) {
      int end = Math.min(acknowledged.size(), i + ACKNOWLEDGED_AT_ONCE_MAX);
      subscription.ack(acknowledged.subList(i, end).iterator());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    buffer.close();
    if (subscription != null) {
      subscription.stop();
    }
  }

  private final class Listener extends PersistentSubscriptionListener {
    @Override
    public void onEvent(PersistentSubscription source, int retryCount, ResolvedEvent event) {
      inFlight.put(event.getOriginalEvent().getEventId(), event);
      buffer.add(event);
    }

    @Override
    public void onCancelled(PersistentSubscription source, @Nullable Throwable cause) {
      buffer.fail(Failures.translated(cause));
    }
  }
}
