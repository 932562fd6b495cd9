package io.kiroku.eventstore.node;

final class MemoryBatchAppendTest extends BatchAppendContract {
  MemoryBatchAppendTest() {
    super(Kind.MEMORY);
  }
}
