package io.kiroku.eventstore.node;

final class MemoryGroupConsumerTest extends GroupConsumerContract {
  MemoryGroupConsumerTest() {
    super(Kind.MEMORY);
  }
}
