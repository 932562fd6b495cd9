package io.kiroku.eventstore.node;

final class PostgresReadTest extends ReadContract {
  PostgresReadTest() {
    super(Kind.POSTGRES);
  }
}
