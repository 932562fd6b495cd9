package io.kiroku.eventstore.db;

import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionFilter;
import com.eventstore.dbclient.SubscriptionListener;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.PositionBeyondLog;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A catch-up subscription to `$all`.
///
/// The store hides only its own events: which streams the reader wants is looked at here, because
/// every event then moves the position. With the store's filter a position moves on every some
/// thirty hidden events, and who waits until everything up to the head was seen might wait for
/// ever. The store's own checkpoints are not listened to: they may be at records that no read of
/// `$all` shows, and a position that is kept would then seem to be beyond the end of the log.
final class LogSubscription implements LogCursor {
  private final EventStoreDbConnection connection;
  private final Events events;
  private final long afterPosition;
  private final Set<String> prefixes;
  private final LogBuffer buffer;
  private final Uni<Subscription> started;
  private @Nullable Subscription subscription;
  private boolean closed;

  LogSubscription(
      EventStoreDbConnection connection,
      EventStoreDbEventLog log,
      Events events,
      long afterPosition,
      Set<String> prefixes) {
    this.connection = connection;
    this.events = events;
    this.afterPosition = afterPosition;
    this.prefixes = Set.copyOf(prefixes);
    this.buffer = new LogBuffer(afterPosition);
    this.started =
        log.end().flatMap(this::subscribe).invoke(this::started).memoize().indefinitely();
  }

  @Override
  public Uni<LogBatch> next(int most) {
    return started.flatMap(_ -> buffer.next(most));
  }

  private Uni<Subscription> subscribe(long end) {
    if (afterPosition > end) {
      return Uni.createFrom().failure(new PositionBeyondLog(afterPosition, end));
    }
    SubscribeToAllOptions options =
        SubscribeToAllOptions.get()
            .filter(
                SubscriptionFilter.newBuilder()
                    .withStreamNameRegularExpression(StreamNames.NOT_OF_THE_STORE)
                    .build())
            .notResolveLinkTos();
    SubscribeToAllOptions from =
        afterPosition == EventLog.START
            ? options.fromStart()
            : options.fromPosition(EventStoreDbEventLog.at(afterPosition));
    return connection.call(client -> client.subscribeToAll(new Listener(), from));
  }

  private synchronized void started(Subscription begun) {
    subscription = begun;
    if (closed) {
      begun.stop();
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

  private boolean isWanted(ResolvedEvent event) {
    String stream = event.getOriginalEvent().getStreamId();
    return prefixes.isEmpty() || prefixes.stream().anyMatch(stream::startsWith);
  }

  private final class Listener extends SubscriptionListener {
    /// Blocks while the buffer is full, on a thread that serves this subscription only.
    @Override
    public void onEvent(Subscription source, ResolvedEvent event) {
      if (isWanted(event)) {
        buffer.add(events.recorded(event));
      } else {
        buffer.pass(Events.position(event));
      }
    }

    @Override
    public void onCancelled(Subscription source, @Nullable Throwable cause) {
      buffer.fail(Failures.translated(cause));
    }
  }
}
