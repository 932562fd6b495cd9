package io.kiroku.eventstore.node;

final class PostgresGroupStrategyTest extends GroupStrategyContract {
  PostgresGroupStrategyTest() {
    super(Kind.POSTGRES);
  }
}
