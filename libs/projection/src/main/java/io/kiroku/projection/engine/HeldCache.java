package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the slots of recently touched streams hold, so that a guarded write needs no read before
/// it. A stale entry costs one failed write, never a wrong document. Who waits for a revision,
/// however, must find it in the documents: nothing is remembered from before the store was away.
final class HeldCache {
  private final Map<StreamId, Held> entries;
  private final LongSupplier absences;
  private final long absencesBefore;

  /// @param absences how often the store was away so far
  HeldCache(int most, LongSupplier absences) {
    this.absences = absences;
    this.absencesBefore = absences.getAsLong();
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
    return absences.getAsLong() == absencesBefore ? entries.get(stream) : null;
  }

  synchronized void put(StreamId stream, Held held) {
    entries.put(stream, held);
  }

  synchronized void forget(StreamId stream) {
    entries.remove(stream);
  }
}
