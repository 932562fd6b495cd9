package io.kiroku.eventstore.node;

final class PostgresStreamTest extends StreamContract {
  PostgresStreamTest() {
    super(Kind.POSTGRES);
  }
}
