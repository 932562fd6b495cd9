package io.kiroku.eventstore.node;

final class MemoryReadTest extends ReadContract {
  MemoryReadTest() {
    super(Kind.MEMORY);
  }
}
