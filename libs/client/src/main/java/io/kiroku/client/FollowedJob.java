package io.kiroku.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A job that somebody waits for. Used by one thread at a time: the socket's receiver.
final class FollowedJob {
  private final Consumer<JobUpdate> listener;
  private final CompletableFuture<JobUpdate> end = new CompletableFuture<>();
  private long lastSequence;

  FollowedJob(Consumer<JobUpdate> listener) {
    this.listener = listener;
  }

  CompletableFuture<JobUpdate> end() {
    return end;
  }

  /// Passes an update on once and in order, and says whether it was the last one.
  boolean tell(JobUpdate update) {
    if (update.sequence() <= lastSequence) {
      return false;
    }
    lastSequence = update.sequence();
    listener.accept(update);
    return update.isFinal() && end.complete(update);
  }
}
