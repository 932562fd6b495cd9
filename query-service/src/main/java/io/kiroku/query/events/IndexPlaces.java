package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.EventIndexes.Entry;
import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;

/// Finds places of the log in an index: both are in the same order, so it is halved until the place
/// is found.
final class IndexPlaces {
  /// Entries whose events are gone tell nothing; the next that tells something is asked.
  private static final int NEIGHBOURS = 8;

  private final EventIndexes indexes;

  IndexPlaces(EventIndexes indexes) {
    this.indexes = indexes;
  }

  /// How many entries there are.
  Uni<Long> size(Index index) {
    return indexes
        .readBackwards(index, Long.MAX_VALUE, 1)
        .map(last -> last.isEmpty() ? 0L : last.getFirst().number() + 1);
  }

  /// Number of the first entry after a position of the log; the size of the index if there is none.
  Uni<Long> firstAfter(Index index, long position) {
    return size(index).flatMap(size -> firstAfter(index, position, 0, size));
  }

  private Uni<Long> firstAfter(Index index, long position, long low, long high) {
    if (low >= high) {
      return Uni.createFrom().item(low);
    }
    long middle = (low + high) >>> 1;
    return indexes
        .read(index, middle, NEIGHBOURS)
        .flatMap(entries ->
            isAfter(entries, position)
                ? firstAfter(index, position, low, middle)
                : firstAfter(index, position, middle + 1, high));
  }

  private static boolean isAfter(List<Entry> entries, long position) {
    return entries.stream()
        .map(Entry::event)
        .filter(Objects::nonNull)
        .findFirst()
        .map(RecordedEvent::position)
        .map(found -> found > position)
        .orElse(true);
  }
}
