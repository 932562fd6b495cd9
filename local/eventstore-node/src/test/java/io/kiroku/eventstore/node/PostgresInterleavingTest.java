package io.kiroku.eventstore.node;

final class PostgresInterleavingTest extends InterleavingContract {
  PostgresInterleavingTest() {
    super(Kind.POSTGRES);
  }
}
