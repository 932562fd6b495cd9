package io.kiroku.eventstore.node;

final class MemoryIdempotencyTest extends IdempotencyContract {
  MemoryIdempotencyTest() {
    super(Kind.MEMORY);
  }
}
