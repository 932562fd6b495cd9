package io.kiroku.eventstore.node;

final class PostgresStreamErrorTest extends StreamErrorContract {
  PostgresStreamErrorTest() {
    super(Kind.POSTGRES);
  }
}
