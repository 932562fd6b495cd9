package io.kiroku.projection.engine;

import io.kiroku.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/// What one event made of a document.
///
/// @param before null before the first upsert and after a tombstone, like `after`
public record HistoryEntry(
    RecordedEvent event, @Nullable Object before, @Nullable Object after, Outcome outcome) {
  public enum Outcome {
    APPLIED,
    /// An operator has let the projection pass over it.
    SKIPPED,
    /// What comes after it cannot be told.
    NOT_APPLICABLE
  }

  static HistoryEntry of(RecordedEvent event, Held before, Folding folding) {
    return new HistoryEntry(event, before.document(), folding.next().document(), outcome(folding));
  }

  private static Outcome outcome(Folding folding) {
    if (folding.failure() != null) {
      return Outcome.NOT_APPLICABLE;
    }
    return folding.applied().isEmpty() ? Outcome.SKIPPED : Outcome.APPLIED;
  }
}
