package io.kiroku.eventstore;

class InMemorySnapshotStoreTest extends SnapshotStoreContract {
  private final InMemorySnapshotStore snapshots = new InMemorySnapshotStore();

  @Override
  protected SnapshotStore snapshots() {
    return snapshots;
  }
}
