package io.kiroku.eventstore.node;

final class MemoryGroupStrategyTest extends GroupStrategyContract {
  MemoryGroupStrategyTest() {
    super(Kind.MEMORY);
  }
}
