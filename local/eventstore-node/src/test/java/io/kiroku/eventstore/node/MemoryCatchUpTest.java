package io.kiroku.eventstore.node;

final class MemoryCatchUpTest extends CatchUpContract {
  MemoryCatchUpTest() {
    super(Kind.MEMORY);
  }
}
