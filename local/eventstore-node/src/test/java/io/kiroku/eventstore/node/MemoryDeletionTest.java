package io.kiroku.eventstore.node;

final class MemoryDeletionTest extends DeletionContract {
  MemoryDeletionTest() {
    super(Kind.MEMORY);
  }
}
