package io.kiroku.eventstore.node;

final class PostgresGroupConsumerTest extends GroupConsumerContract {
  PostgresGroupConsumerTest() {
    super(Kind.POSTGRES);
  }
}
