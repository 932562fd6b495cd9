package io.kiroku.eventstore.node;

final class PostgresCatchUpTest extends CatchUpContract {
  PostgresCatchUpTest() {
    super(Kind.POSTGRES);
  }
}
