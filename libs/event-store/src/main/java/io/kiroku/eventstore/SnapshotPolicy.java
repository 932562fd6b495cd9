package io.kiroku.eventstore;

/// When folded streams of a category are kept in the store.
///
/// @param everyEvents after so many events a stream gets a new snapshot; 0 for a category whose
///   streams are short, and cost no look-up then
public record SnapshotPolicy(int everyEvents) {
  public static final SnapshotPolicy NEVER = new SnapshotPolicy(0);

  public SnapshotPolicy {
    if (everyEvents < 0) {
      throw new IllegalArgumentException("everyEvents is " + everyEvents);
    }
  }

  boolean isDue(long snapshotRevision, long revision) {
    return everyEvents > 0 && revision - snapshotRevision >= everyEvents;
  }
}
