package io.kiroku.eventstore.node;

final class PostgresBatchAppendTest extends BatchAppendContract {
  PostgresBatchAppendTest() {
    super(Kind.POSTGRES);
  }
}
