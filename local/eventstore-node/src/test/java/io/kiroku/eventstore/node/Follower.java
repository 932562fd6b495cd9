package io.kiroku.eventstore.node;

import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A catch-up subscriber that goes away at random moments and comes back where it was.
final class Follower {
  private static final int EVENTS_BETWEEN_BREAKS = 60;

  private final Source source;
  private final Random random;
  private final Executor executor;
  private final List<RecordedEvent> seen = new ArrayList<>();
  private @Nullable Session current;
  private @Nullable Throwable failure;

  /// What is followed.
  interface Source {
    CompletableFuture<Subscription> after(@Nullable RecordedEvent last, SubscriptionListener to);
  }

  Follower(Source source, Random random, Executor executor) {
    this.source = source;
    this.random = random;
    this.executor = executor;
  }

  void follow() {
    Session session = new Session();
    RecordedEvent last;
    synchronized (this) {
      current = session;
      last = seen.isEmpty() ? null : seen.getLast();
    }
    var _ = source.after(last, session).exceptionally(this::failed);
  }

  private synchronized Subscription failed(Throwable cause) {
    failure = cause;
    throw new IllegalStateException(cause);
  }

  /// Positions of all it saw, once it is as many.
  List<Position> positions(long count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> size() >= count);
    synchronized (this) {
      return seen.stream().map(RecordedEvent::getPosition).toList();
    }
  }

  private synchronized int size() {
    if (failure != null) {
      throw new AssertionError("cannot follow", failure);
    }
    return seen.size();
  }

  private final class Session extends SubscriptionListener {
    @Override
    public void onEvent(Subscription subscription, ResolvedEvent event) {
      synchronized (Follower.this) {
        if (current != this) {
          return; // it was on its way when this session ended
        }
        seen.add(event.getOriginalEvent());
        if (random.nextInt(EVENTS_BETWEEN_BREAKS) > 0) {
          return;
        }
        current = null;
      }
      subscription.stop();
      executor.execute(Follower.this::follow);
    }

    @Override
    public void onCancelled(Subscription subscription, @Nullable Throwable exception) {
      if (exception != null) {
        synchronized (Follower.this) {
          failure = exception;
        }
      }
    }
  }
}
