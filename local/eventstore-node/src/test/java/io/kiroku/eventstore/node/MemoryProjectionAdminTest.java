package io.kiroku.eventstore.node;

final class MemoryProjectionAdminTest extends ProjectionAdminContract {
  MemoryProjectionAdminTest() {
    super(Kind.MEMORY);
  }
}
