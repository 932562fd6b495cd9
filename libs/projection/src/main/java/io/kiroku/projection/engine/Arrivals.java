package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Wakes those who wait for a revision to be applied by this replica.
final class Arrivals {
  private final Map<StreamId, List<Waiter>> waiters = new ConcurrentHashMap<>();
  private volatile CompletableFuture<Void> lingering = new CompletableFuture<>();

  private record Waiter(long revision, CompletableFuture<Boolean> woken) {}

  void arrived(StreamId stream, long revision) {
    if (waiters.isEmpty()) {
      return;
    }
    for (Waiter waiter : waiters.getOrDefault(stream, List.of())) {
      if (revision >= waiter.revision()) {
        waiter.woken().complete(true);
      }
    }
  }

  private static List<Waiter> with(@Nullable List<Waiter> all, Waiter waiter) {
    List<Waiter> more = all == null ? new CopyOnWriteArrayList<>() : all;
    more.add(waiter);
    return more;
  }

  private static @Nullable List<Waiter> without(List<Waiter> all, Waiter waiter) {
    all.remove(waiter);
    return all.isEmpty() ? null : all;
  }

  /// Completes with true when it happens; never, if nothing happens here. To be cancelled.
  Uni<Boolean> of(StreamId stream, long revision) {
    return Uni.createFrom()
        .deferred(() -> {
          var waiter = new Waiter(revision, new CompletableFuture<>());
          waiters.compute(stream, (_, all) -> with(all, waiter));
          lingering.complete(null);
          return Uni.createFrom()
              .completionStage(waiter.woken())
              .onTermination()
              .invoke(() -> waiters.computeIfPresent(stream, (_, all) -> without(all, waiter)));
        });
  }

  /// Completes as soon as anybody waits for anything; to be asked by one at a time, and to be
  /// cancelled.
  Uni<Void> somebodyWaits() {
    return Uni.createFrom()
        .deferred(() -> {
          var woken = new CompletableFuture<Void>();
          lingering = woken;
          // Who came just before has completed the former one.
          if (!waiters.isEmpty()) {
            woken.complete(null);
          }
          return Uni.createFrom().completionStage(woken);
        });
  }
}
