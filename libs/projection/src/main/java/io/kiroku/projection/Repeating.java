package io.kiroku.projection;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Work that is done again and again until it is cancelled, never twice at the same time.
public final class Repeating {
  private Repeating() {}

  /// @param pause after each time, failed or not
  /// @param failed is told of each time that failed
  public static Cancellable start(
      Supplier<? extends Uni<?>> work, Duration pause, Consumer<Throwable> failed) {
    return Uni.createFrom()
        .deferred(() -> work.get().replaceWithVoid())
        .onFailure()
        .invoke(failed)
        .onFailure()
        .recoverWithNull()
        .onItem()
        .delayIt()
        .by(pause)
        .repeat()
        .indefinitely()
        .subscribe()
        .with(_ -> {}, failed);
  }
}
