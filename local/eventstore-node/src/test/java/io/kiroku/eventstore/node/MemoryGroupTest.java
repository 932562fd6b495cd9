package io.kiroku.eventstore.node;

final class MemoryGroupTest extends GroupContract {
  MemoryGroupTest() {
    super(Kind.MEMORY);
  }
}
