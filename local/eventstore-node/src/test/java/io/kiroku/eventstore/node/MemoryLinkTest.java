package io.kiroku.eventstore.node;

final class MemoryLinkTest extends LinkContract {
  MemoryLinkTest() {
    super(Kind.MEMORY);
  }
}
