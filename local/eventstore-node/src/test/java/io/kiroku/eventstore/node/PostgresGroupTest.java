package io.kiroku.eventstore.node;

final class PostgresGroupTest extends GroupContract {
  PostgresGroupTest() {
    super(Kind.POSTGRES);
  }
}
