package io.kiroku.eventstore.node;

final class PostgresProjectionTest extends ProjectionContract {
  PostgresProjectionTest() {
    super(Kind.POSTGRES);
  }
}
