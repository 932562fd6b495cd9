package io.kiroku.eventstore.node;

final class MemoryGroupAdminTest extends GroupAdminContract {
  MemoryGroupAdminTest() {
    super(Kind.MEMORY);
  }
}
