package io.kiroku.eventstore.node;

import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Remembers what a catch-up subscription delivered.
final class Heard extends SubscriptionListener {
  final List<ResolvedEvent> events = new CopyOnWriteArrayList<>();
  final AtomicInteger caughtUp = new AtomicInteger();
  final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  @Override
  public void onEvent(Subscription subscription, ResolvedEvent event) {
    events.add(event);
  }

  @Override
  public void onCaughtUp(Subscription subscription) {
    caughtUp.incrementAndGet();
  }

  @Override
  public void onCancelled(Subscription subscription, @Nullable Throwable exception) {
    ended.complete(exception == null ? new AssertionError("ended for no reason") : exception);
  }

  List<String> types() {
    return events.stream().map(event -> event.getOriginalEvent().getEventType()).toList();
  }
}
