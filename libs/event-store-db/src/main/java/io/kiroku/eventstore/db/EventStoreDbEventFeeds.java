package io.kiroku.eventstore.db;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.NamedConsumerStrategy;
import com.eventstore.dbclient.SubscriptionFilter;
import io.grpc.Status;
import io.kiroku.eventstore.EventFeeds;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Persistent subscriptions to `$all`:
/// https://developers.eventstore.com/server/v24.10/features/persistent-subscriptions.html
public final class EventStoreDbEventFeeds implements EventFeeds {
  private static final int SERVER_BUFFER = 5_000;
  private static final int SERVER_BATCH = 500;

  /// Longer than any outage of a reader's own store should make an event wait in it.
  private static final int MESSAGE_TIMEOUT_MILLIS = 60_000;

  private final EventStoreDbConnection connection;
  private final Events events = new Events();

  public EventStoreDbEventFeeds(EventStoreDbConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<Void> ensure(String group, Set<String> streamPrefixes) {
    return connection
        .callPersistent(client -> {
          @SuppressWarnings("unchecked") // The client declares a raw type.
          var created =
              (CompletableFuture<Object>) client.createToAll(group, options(streamPrefixes));
          return created;
        })
        .onFailure(failure -> Failures.hasStatus(failure, Status.Code.ALREADY_EXISTS))
        .recoverWithNull()
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String group) {
    return connection
        .callPersistent(client -> {
          @SuppressWarnings("unchecked") // The client declares a raw type.
          var deleted = (CompletableFuture<Object>) client.deleteToAll(group);
          return deleted;
        })
        .onFailure(Failures::isMissing)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static CreatePersistentSubscriptionToAllOptions options(Set<String> prefixes) {
    SubscriptionFilter filter =
        SubscriptionFilter.newBuilder()
            .withStreamNameRegularExpression(StreamNames.startingWith(prefixes))
            .build();
    CreatePersistentSubscriptionToAllOptions options =
        CreatePersistentSubscriptionToAllOptions.get().filter(filter).fromStart();
    options.namedConsumerStrategy(NamedConsumerStrategy.PINNED);
    options.notResolveLinkTos();
    options.liveBufferSize(SERVER_BUFFER);
    options.historyBufferSize(SERVER_BUFFER);
    options.readBatchSize(SERVER_BATCH);
    options.messageTimeoutInMs(MESSAGE_TIMEOUT_MILLIS);
    // The store must not park: which stream is parked is a projection's own book-keeping.
    options.maxRetryCount(Integer.MAX_VALUE);
    return options;
  }

  @Override
  public FeedCursor open(String group) {
    return new FeedSubscription(connection, events, group);
  }
}
