package io.kiroku.eventstore.node;

final class MemoryStreamTest extends StreamContract {
  MemoryStreamTest() {
    super(Kind.MEMORY);
  }
}
