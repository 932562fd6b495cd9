package io.kiroku.eventstore.node;

final class PostgresDeletionTest extends DeletionContract {
  PostgresDeletionTest() {
    super(Kind.POSTGRES);
  }
}
