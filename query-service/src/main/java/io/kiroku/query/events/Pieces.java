package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.EventIndexes.Entry;
import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Events in one direction, piece by piece.
@FunctionalInterface
interface Pieces {
  int MOST = 200;

  /// What comes next; absent after the last.
  Uni<Optional<List<RecordedEvent>>> next();

  /// @param from position that is not included: the one after which, or before which it begins
  static Pieces of(EventLog log, long from, boolean backwards) {
    return new OfLog(log, from, backwards);
  }

  /// @param from number that is included
  static Pieces of(EventIndexes indexes, Index index, long from, boolean backwards) {
    return new OfIndex(indexes, index, from, backwards);
  }

  final class OfLog implements Pieces {
    private final EventLog log;
    private final boolean backwards;
    private long from;

    OfLog(EventLog log, long from, boolean backwards) {
      this.log = log;
      this.from = from;
      this.backwards = backwards;
    }

    @Override
    public Uni<Optional<List<RecordedEvent>>> next() {
      return (backwards ? log.readBackwards(from, MOST) : log.read(from, MOST))
          .map(piece -> {
            if (piece.isEmpty()) {
              return Optional.empty();
            }
            from = piece.getLast().position();
            return Optional.of(piece);
          });
    }
  }

  final class OfIndex implements Pieces {
    private final EventIndexes indexes;
    private final Index index;
    private final boolean backwards;
    private long from;

    OfIndex(EventIndexes indexes, Index index, long from, boolean backwards) {
      this.indexes = indexes;
      this.index = index;
      this.from = from;
      this.backwards = backwards;
    }

    @Override
    public Uni<Optional<List<RecordedEvent>>> next() {
      if (from < 0) {
        return Uni.createFrom().item(Optional.empty());
      }
      return (backwards
              ? indexes.readBackwards(index, from, MOST)
              : indexes.read(index, from, MOST))
          .map(this::piece);
    }

    private Optional<List<RecordedEvent>> piece(List<Entry> entries) {
      if (entries.isEmpty()) {
        return Optional.empty();
      }
      long last = entries.getLast().number();
      from = backwards ? last - 1 : last + 1;
      return Optional.of(entries.stream().map(Entry::event).filter(Objects::nonNull).toList());
    }
  }
}
