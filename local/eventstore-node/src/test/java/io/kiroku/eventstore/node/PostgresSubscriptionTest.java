package io.kiroku.eventstore.node;

final class PostgresSubscriptionTest extends SubscriptionContract {
  PostgresSubscriptionTest() {
    super(Kind.POSTGRES);
  }
}
