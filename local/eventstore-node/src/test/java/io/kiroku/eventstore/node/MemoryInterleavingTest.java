package io.kiroku.eventstore.node;

final class MemoryInterleavingTest extends InterleavingContract {
  MemoryInterleavingTest() {
    super(Kind.MEMORY);
  }
}
