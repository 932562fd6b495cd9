package io.kiroku.eventstore.node;

final class PostgresGroupCheckpointTest extends GroupCheckpointContract {
  PostgresGroupCheckpointTest() {
    super(Kind.POSTGRES);
  }
}
