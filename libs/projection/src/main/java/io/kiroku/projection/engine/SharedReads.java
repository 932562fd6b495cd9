package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads for many who ask at the same time: while one read is on its way the next ones collect, and
/// go together. Who asks alone does not wait.
///
/// @param <K> what is asked for
/// @param <V> what is found
final class SharedReads<K, V> {
  private final Function<List<K>, Uni<Map<K, V>>> source;
  private final V nothing;
  private List<Asked<K, V>> waiting = new ArrayList<>();
  private boolean reading;

  private record Asked<K, V>(K key, UniEmitter<? super V> answer) {}

  /// @param nothing the answer where the source has none
  SharedReads(Function<List<K>, Uni<Map<K, V>>> source, V nothing) {
    this.source = source;
    this.nothing = nothing;
  }

  /// Of a moment after the call.
  Uni<V> read(K key) {
    return Uni.createFrom().emitter(answer -> ask(new Asked<>(key, answer)));
  }

  private void ask(Asked<K, V> one) {
    synchronized (this) {
      waiting.add(one);
      if (reading) {
        return;
      }
      reading = true;
    }
    readTogether();
  }

  private void readTogether() {
    List<Asked<K, V>> together;
    synchronized (this) {
      together = waiting;
      waiting = new ArrayList<>();
      reading = !together.isEmpty();
    }
    if (!together.isEmpty()) {
      source
          .apply(together.stream().map(Asked::key).distinct().toList())
          .onTermination()
          .invoke(this::readTogether)
          .subscribe()
          .with(
              found ->
                  together.forEach(
                      one -> one.answer.complete(found.getOrDefault(one.key, nothing))),
              failure -> together.forEach(one -> one.answer.fail(failure)));
    }
  }
}
