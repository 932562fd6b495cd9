package io.kiroku.eventstore.node.groups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What waits in a group costs nothing while nobody can take it.
class PinnedDispatchTest {
  private final PinnedDispatch dispatch = new PinnedDispatch(false);

  private static GroupConsumer consumer(int slots) {
    var nowhere =
        new GroupConsumer.Output() {
          @Override
          public void deliver(Message message) {}

          @Override
          public void dropped() {}

          @Override
          public void closed() {}
        };
    return new GroupConsumer(nowhere, "peer", "connection", slots);
  }

  @Test
  void messages_are_not_passed_over_while_no_consumer_has_a_free_slot() {
    assertThat(dispatch.mayPassOver()).isFalse();
    dispatch.connected(consumer(0));
    assertThat(dispatch.mayPassOver()).isFalse();
  }

  @Test
  void a_message_for_a_busy_consumer_does_not_keep_others_from_a_free_one() {
    dispatch.connected(consumer(0));
    dispatch.connected(consumer(1));
    assertThat(dispatch.mayPassOver()).isTrue();
  }
}
