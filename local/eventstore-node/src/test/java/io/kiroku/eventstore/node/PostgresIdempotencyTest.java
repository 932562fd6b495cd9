package io.kiroku.eventstore.node;

final class PostgresIdempotencyTest extends IdempotencyContract {
  PostgresIdempotencyTest() {
    super(Kind.POSTGRES);
  }
}
