package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One piece of asynchronous work at a time, first come, first served. Lives as long as one
/// connection does: what is cancelled while it waits is never called.
final class Turns {
  private final Queue<UniEmitter<? super Boolean>> waiting = new ArrayDeque<>();
  private boolean taken;

  <T extends @Nullable Object> Uni<T> take(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .<Boolean>emitter(this::enter)
        .flatMap(_ -> Uni.createFrom().deferred(work::get).onTermination().invoke(this::leave));
  }

  private void enter(UniEmitter<? super Boolean> turn) {
    synchronized (this) {
      if (taken) {
        waiting.add(turn);
        return;
      }
      taken = true;
    }
    turn.complete(true);
  }

  private void leave() {
    UniEmitter<? super Boolean> next;
    synchronized (this) {
      next = waiting.poll();
      taken = next != null;
    }
    if (next != null) {
      next.complete(true);
    }
  }
}
