package io.kiroku.eventstore.node;

final class PostgresGroupParkingTest extends GroupParkingContract {
  PostgresGroupParkingTest() {
    super(Kind.POSTGRES);
  }
}
