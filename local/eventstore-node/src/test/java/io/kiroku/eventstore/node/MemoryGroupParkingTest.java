package io.kiroku.eventstore.node;

final class MemoryGroupParkingTest extends GroupParkingContract {
  MemoryGroupParkingTest() {
    super(Kind.MEMORY);
  }
}
