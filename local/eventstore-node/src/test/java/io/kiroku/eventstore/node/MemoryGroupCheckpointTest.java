package io.kiroku.eventstore.node;

final class MemoryGroupCheckpointTest extends GroupCheckpointContract {
  MemoryGroupCheckpointTest() {
    super(Kind.MEMORY);
  }
}
