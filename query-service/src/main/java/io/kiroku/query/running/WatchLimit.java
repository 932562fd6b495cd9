package io.kiroku.query.running;

import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// How many of one kind may watch on this instance at the same time.
public final class WatchLimit {
  private final int most;
  private final AtomicInteger watching = new AtomicInteger();

  public WatchLimit(int most) {
    this.most = most;
  }

  /// The watch, or `RESOURCE_EXHAUSTED` if there are too many already. Whoever leaves makes room,
  /// however his watch ends.
  public <T> Multi<T> admitted(Supplier<Multi<T>> watch) {
    return Multi.createFrom()
        .deferred(() -> {
          if (watching.incrementAndGet() > most) {
            watching.decrementAndGet();
            throw Errors.overloaded("Too many watch already; try again later.");
          }
          return Multi.createFrom()
              .deferred(() -> watch.get())
              .onTermination()
              .invoke(watching::decrementAndGet);
        });
  }
}
