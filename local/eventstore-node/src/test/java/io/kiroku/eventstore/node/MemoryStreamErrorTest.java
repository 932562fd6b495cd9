package io.kiroku.eventstore.node;

final class MemoryStreamErrorTest extends StreamErrorContract {
  MemoryStreamErrorTest() {
    super(Kind.MEMORY);
  }
}
