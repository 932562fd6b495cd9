package io.kiroku.eventstore.node;

final class MemoryGroupLinkTest extends GroupLinkContract {
  MemoryGroupLinkTest() {
    super(Kind.MEMORY);
  }
}
