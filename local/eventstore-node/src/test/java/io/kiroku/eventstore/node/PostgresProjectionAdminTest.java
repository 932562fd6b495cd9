package io.kiroku.eventstore.node;

final class PostgresProjectionAdminTest extends ProjectionAdminContract {
  PostgresProjectionAdminTest() {
    super(Kind.POSTGRES);
  }
}
