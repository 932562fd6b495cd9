package io.kiroku.eventstore.node;

final class PostgresLinkTest extends LinkContract {
  PostgresLinkTest() {
    super(Kind.POSTGRES);
  }
}
