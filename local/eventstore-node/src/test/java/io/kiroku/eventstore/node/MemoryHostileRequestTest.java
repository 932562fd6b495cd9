package io.kiroku.eventstore.node;

final class MemoryHostileRequestTest extends HostileRequestContract {
  MemoryHostileRequestTest() {
    super(Kind.MEMORY);
  }
}
