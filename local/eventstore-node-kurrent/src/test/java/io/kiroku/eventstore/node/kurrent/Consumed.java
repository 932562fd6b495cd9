package io.kiroku.eventstore.node.kurrent;

import io.kurrent.dbclient.PersistentSubscription;
import io.kurrent.dbclient.PersistentSubscriptionListener;
import io.kurrent.dbclient.ResolvedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Remembers what a persistent subscription delivered, and answers each message as told.
final class Consumed extends PersistentSubscriptionListener {
  final List<ResolvedEvent> events = new CopyOnWriteArrayList<>();
  final List<Integer> retries = new CopyOnWriteArrayList<>();
  final CompletableFuture<Throwable> ended = new CompletableFuture<>();
  private final Answer answer;

  /// What to do about a message.
  interface Answer {
    Answer ACK = (subscription, _, event) -> subscription.ack(event);
    Answer NONE = (_, _, _) -> {};

    void answer(PersistentSubscription subscription, int retries, ResolvedEvent event);
  }

  Consumed(Answer answer) {
    this.answer = answer;
  }

  @Override
  public void onEvent(PersistentSubscription subscription, int retryCount, ResolvedEvent event) {
    events.add(event);
    retries.add(retryCount);
    answer.answer(subscription, retryCount, event);
  }

  @Override
  public void onCancelled(PersistentSubscription subscription, @Nullable Throwable exception) {
    ended.complete(exception == null ? new AssertionError("ended for no reason") : exception);
  }
}
