package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One caller that waits until there is something.
final class Waiting<T> {
  private final Supplier<Optional<T>> source;
  private @Nullable UniEmitter<? super T> waiting;

  Waiting(Supplier<Optional<T>> source) {
    this.source = source;
  }

  Uni<T> next() {
    return Uni.createFrom()
        .emitter(emitter -> {
          synchronized (this) {
            waiting = emitter;
          }
          wake();
        });
  }

  void wake() {
    UniEmitter<? super T> ready;
    T item;
    synchronized (this) {
      if (waiting == null) {
        return;
      }
      Optional<T> found = source.get();
      if (found.isEmpty()) {
        return;
      }
      item = found.get();
      ready = waiting;
      waiting = null;
    }
    ready.complete(item);
  }
}
