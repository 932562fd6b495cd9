package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the slots of recently touched streams hold, so that a guarded write needs no read before
/// it. A stale entry costs one failed write, never a wrong document.
final class HeldCache {
  private final Map<StreamId, Held> entries;

  HeldCache(int most) {
    this.entries =
        new LinkedHashMap<>(256, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<StreamId, Held> eldest) {
            return size() > most;
          }
        };
  }

  synchronized @Nullable Held get(StreamId stream) {
    return entries.get(stream);
  }

  synchronized void put(StreamId stream, Held held) {
    entries.put(stream, held);
  }

  synchronized void forget(StreamId stream) {
    entries.remove(stream);
  }
}
