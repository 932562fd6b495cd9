package io.kiroku.eventstore.node;

final class PostgresGroupLinkTest extends GroupLinkContract {
  PostgresGroupLinkTest() {
    super(Kind.POSTGRES);
  }
}
