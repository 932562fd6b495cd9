package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Where one projection keeps its documents and where it stands. Every method fails with
/// [ReadModelUnavailable] when the store is down; every write is durable when it completes.
public interface ReadModelStore {
  /// How often the store was away so far. One that came back may have forgotten what it wrote last,
  /// so whoever sees this change must not trust what he remembers of it.
  default long absences() {
    return 0;
  }

  /// Creates the indexes that are not there; idempotent, and called on every connect.
  Uni<Void> prepare();

  /// What each slot holds; a slot that is absent from the answer holds nothing.
  Uni<Map<Slot, Held>> read(Collection<Slot> slots);

  /// What one slot holds.
  default Uni<Held> read(Slot slot) {
    return read(List.of(slot)).map(found -> found.getOrDefault(slot, Held.NOTHING));
  }

  /// Each write is atomic by itself, document and revision together; one outcome per write, in
  /// order.
  Uni<List<WriteOutcome>> write(List<GuardedWrite> writes);

  /// Keys of some documents: others each time, until it was each one's turn. Fewer if there are
  /// fewer, and where they end.
  Uni<List<String>> someKeys(int most);

  /// Keys of the documents behind a key, in order; fewer than `most` only if there are no more.
  ///
  /// @param after exclusive; empty for the first
  Uni<List<String>> keys(String after, int most);

  /// The log position below which everything is applied or parked; -1 in the beginning.
  Uni<Long> watermark();

  /// Never moves it back.
  Uni<Void> moveWatermark(long position);

  /// Whether [#rememberCaughtUp] was ever called for these documents.
  Uni<Boolean> caughtUp();

  /// Notes that the documents have shown all that there was.
  Uni<Void> rememberCaughtUp();

  ParkedStreams parked();

  SkippedEvents skipped();
}
