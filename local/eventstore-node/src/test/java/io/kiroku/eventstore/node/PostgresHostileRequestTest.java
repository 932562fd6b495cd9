package io.kiroku.eventstore.node;

final class PostgresHostileRequestTest extends HostileRequestContract {
  PostgresHostileRequestTest() {
    super(Kind.POSTGRES);
  }
}
