package io.kiroku.eventstore.node;

final class PostgresGroupAdminTest extends GroupAdminContract {
  PostgresGroupAdminTest() {
    super(Kind.POSTGRES);
  }
}
