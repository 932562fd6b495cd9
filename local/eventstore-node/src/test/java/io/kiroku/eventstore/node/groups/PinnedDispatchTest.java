package io.kiroku.eventstore.node.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What waits in a group costs nothing while nobody can take it, and streams stay where they are.
class PinnedDispatchTest {
  private final PinnedDispatch dispatch = new PinnedDispatch(false);

  private static GroupConsumer consumer(int slots) {
    var nowhere =
        new GroupConsumer.Output() {
          @Override
          public boolean ready() {
            return true;
          }

          @Override
          public void connected() {}

          @Override
          public void deliver(Message message) {}

          @Override
          public void dropped() {}

          @Override
          public void closed() {}
        };
    return new GroupConsumer(nowhere, "connection", slots, false);
  }

  @Test
  void messages_are_not_passed_over_while_no_consumer_has_a_free_slot() {
    assertThat(dispatch.mayPassOver()).isFalse();
    dispatch.connected(consumer(0), List.of());
    assertThat(dispatch.mayPassOver()).isFalse();
  }

  @Test
  void a_message_for_a_busy_consumer_does_not_keep_others_from_a_free_one() {
    dispatch.connected(consumer(0), List.of());
    dispatch.connected(consumer(1), List.of());
    assertThat(dispatch.mayPassOver()).isTrue();
  }

  @Test
  void newcomer_takes_half_but_no_stream_that_is_being_processed() {
    GroupConsumer first = consumer(10_000);
    dispatch.connected(first, List.of());
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      all.add(Messages.message("s-" + i, 0));
    }
    all.forEach(message -> assertThat(dispatch.choose(message)).isSameAs(first));
    List<Message> inFlight = all.subList(0, 300);
    GroupConsumer second = consumer(10_000);
    dispatch.connected(second, inFlight);
    assertThat(inFlight).allSatisfy(m -> assertThat(dispatch.choose(m)).isSameAs(first));
    assertThat(all.stream().filter(m -> second.equals(dispatch.choose(m))).count())
        .isBetween(1500L, 2500L);
  }
}
