package io.kiroku.eventstore.node.kurrent;

import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.Subscription;
import io.kurrent.dbclient.SubscriptionListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Remembers what a catch-up subscription delivered.
final class Heard extends SubscriptionListener {
  final List<ResolvedEvent> events = new CopyOnWriteArrayList<>();
  final List<CaughtUp> caughtUp = new CopyOnWriteArrayList<>();
  final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  /// Where the subscription stood; the revision is that of a stream, the position that of `$all`.
  record CaughtUp(Instant at, @Nullable Long revision, @Nullable Position position) {}

  @Override
  public void onEvent(Subscription subscription, ResolvedEvent event) {
    events.add(event);
  }

  @Override
  public void onCaughtUp(
      Subscription subscription,
      Instant timestamp,
      @Nullable Long revision,
      @Nullable Position position) {
    caughtUp.add(new CaughtUp(timestamp, revision, position));
  }

  @Override
  public void onCancelled(Subscription subscription, @Nullable Throwable exception) {
    ended.complete(exception == null ? new AssertionError("ended for no reason") : exception);
  }

  List<String> types() {
    return events.stream().map(event -> event.getEvent().getEventType()).toList();
  }
}
