package io.kiroku.eventstore.node;

final class MemorySubscriptionTest extends SubscriptionContract {
  MemorySubscriptionTest() {
    super(Kind.MEMORY);
  }
}
