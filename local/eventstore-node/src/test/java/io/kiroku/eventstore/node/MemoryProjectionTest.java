package io.kiroku.eventstore.node;

final class MemoryProjectionTest extends ProjectionContract {
  MemoryProjectionTest() {
    super(Kind.MEMORY);
  }
}
