package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.CreatePersistentSubscriptionToStreamOptions;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.NackAction;
import com.eventstore.dbclient.NamedConsumerStrategy;
import com.eventstore.dbclient.PersistentSubscription;
import com.eventstore.dbclient.PersistentSubscriptionToAllInfo;
import com.eventstore.dbclient.SubscribePersistentSubscriptionOptions;
import com.eventstore.dbclient.SubscriptionFilter;
import com.eventstore.dbclient.UpdatePersistentSubscriptionToAllOptions;
import io.grpc.Status;
import io.kiroku.eventstore.node.Consumed.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Persistent subscriptions: every message until it is answered for.
abstract class GroupContract extends NodeTest {
  private static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);
  private static final String GROUP = "projection";

  GroupContract(Kind kind) {
    super(kind);
  }

  @Test
  void filtered_group_from_the_start_delivers_old_and_new() throws Exception {
    append("order-1", ExpectedRevision.any(), events(3));
    append("noise", ExpectedRevision.any(), events(3));
    create(options());
    Consumed consumed = consume(Answer.ACK);
    append("payment-1", ExpectedRevision.any(), events(1));
    append("order-2", ExpectedRevision.any(), events(2));
    await().atMost(WAIT).until(() -> consumed.events.size() == 5);
    assertThat(consumed.events.stream().map(e -> e.getEvent().getStreamId()))
        .containsExactly("order-1", "order-1", "order-1", "order-2", "order-2");
    assertThat(consumed.retries).containsOnly(0);
  }

  @Test
  void group_from_the_end_keeps_what_comes_before_anybody_connects() throws Exception {
    append("order-1", ExpectedRevision.any(), events(3));
    create(CreatePersistentSubscriptionToAllOptions.get().fromEnd().filter(orders()));
    append("order-1", ExpectedRevision.any(), events(2));
    Consumed consumed = consume(Answer.ACK);
    await().atMost(WAIT).until(() -> consumed.events.size() == 2);
  }

  @Test
  void unanswered_messages_come_again_after_a_disconnect() throws Exception {
    create(options());
    append("order-1", ExpectedRevision.any(), events(4));
    Consumed silent = new Consumed(Answer.NONE);
    PersistentSubscription first = result(groups.subscribeToAll(GROUP, silent));
    await().atMost(WAIT).until(() -> silent.events.size() == 4);
    first.stop();
    Consumed consumed = consume(Answer.ACK);
    await().atMost(WAIT).until(() -> consumed.events.size() == 4);
    assertThat(consumed.types()).containsExactly("event-0", "event-1", "event-2", "event-3");
    assertThat(consumed.retries).containsOnly(1);
  }

  @Test
  void messages_not_answered_in_time_come_again() throws Exception {
    create(options().messageTimeoutInMs(500));
    append("order-1", ExpectedRevision.any(), events(1));
    Consumed consumed =
        consume((subscription, retries, event) -> {
          if (retries > 0) {
            subscription.ack(event);
          }
        });
    await().atMost(WAIT).until(() -> consumed.events.size() == 2);
    await().atMost(WAIT).until(() -> info().getStats().getTotalInFlightMessages() == 0);
  }

  @Test
  void refused_message_is_retried_until_it_is_parked_and_can_be_replayed() throws Exception {
    create(options().maxRetryCount(2));
    append("order-1", ExpectedRevision.any(), events(1));
    Set<String> healed = new HashSet<>();
    Consumed consumed =
        consume((subscription, _, event) -> {
          if (healed.isEmpty()) {
            subscription.nack(NackAction.Retry, "not yet", event);
          } else {
            subscription.ack(event);
          }
        });
    await().atMost(WAIT).until(() -> parked() == 1);
    assertThat(consumed.retries).containsExactly(0, 1, 2);
    healed.add("yes");
    result(groups.replayParkedMessagesToAll(GROUP));
    await().atMost(WAIT).until(() -> consumed.events.size() == 4);
    assertThat(consumed.types()).containsOnly("event-0");
    await().atMost(WAIT).until(() -> parked() == 0);
  }

  @Test
  void message_can_be_parked_or_skipped_at_once() throws Exception {
    create(options());
    append("order-1", ExpectedRevision.any(), events(2));
    Consumed consumed =
        consume((subscription, _, event) ->
            subscription.nack(
                event.getEvent().getRevision() == 0 ? NackAction.Park : NackAction.Skip,
                "because",
                event));
    await().atMost(WAIT).until(() -> parked() == 1);
    await().atMost(WAIT).until(() -> info().getStats().getTotalInFlightMessages() == 0);
    assertThat(consumed.events).hasSize(2);
  }

  @Test
  void restart_continues_after_the_checkpoint() throws Exception {
    create(options().checkpointUpperBound(5).checkpointLowerBound(1).checkpointAfterInMs(1000));
    append("order-1", ExpectedRevision.any(), events(20));
    Consumed before = consume(Answer.ACK);
    await().atMost(WAIT).until(() -> before.events.size() == 20);
    await().atMost(WAIT).until(() -> info().getStats().getTotalInFlightMessages() == 0);
    restart();
    append("order-1", ExpectedRevision.any(), events(3));
    Consumed after = consume(Answer.ACK);
    await().atMost(WAIT).until(() -> after.events.size() >= 3);
    assertThat(after.events.stream().map(e -> e.getEvent().getRevision()))
        .containsExactly(20L, 21L, 22L);
  }

  @Test
  void unanswered_messages_survive_a_restart() throws Exception {
    create(options().checkpointUpperBound(1));
    append("order-1", ExpectedRevision.any(), events(6));
    Consumed before =
        consume((subscription, _, event) -> {
          if (event.getEvent().getRevision() != 2) {
            subscription.ack(event);
          }
        });
    await().atMost(WAIT).until(() -> before.events.size() == 6);
    restart();
    Consumed after = consume(Answer.ACK);
    await().atMost(WAIT).until(() -> !after.events.isEmpty());
    assertThat(after.events.getFirst().getEvent().getRevision()).isLessThanOrEqualTo(2);
  }

  @Test
  void consumers_share_the_messages_in_turn() throws Exception {
    create(options().namedConsumerStrategy(NamedConsumerStrategy.ROUND_ROBIN));
    Consumed one = consume(Answer.ACK);
    Consumed other = consume(Answer.ACK);
    append("order-1", ExpectedRevision.any(), events(40));
    await().atMost(WAIT).until(() -> one.events.size() + other.events.size() == 40);
    assertThat(one.events).hasSizeBetween(10, 30);
  }

  @Test
  void pinned_consumer_gets_all_of_its_streams() throws Exception {
    create(options().namedConsumerStrategy(NamedConsumerStrategy.PINNED));
    Consumed one = consume(Answer.ACK);
    Consumed other = consume(Answer.ACK);
    for (int i = 0; i < 20; i++) {
      append("order-" + i, ExpectedRevision.any(), events(5));
    }
    await().atMost(WAIT).until(() -> one.events.size() + other.events.size() == 100);
    assertThat(streams(one)).isNotEmpty().doesNotContainAnyElementsOf(streams(other));
    assertThat(streams(other)).isNotEmpty();
  }

  @Test
  void single_consumer_gets_everything_while_it_has_room() throws Exception {
    create(options().namedConsumerStrategy(NamedConsumerStrategy.DISPATCH_TO_SINGLE));
    var slots = SubscribePersistentSubscriptionOptions.get().bufferSize(50);
    Consumed one = new Consumed(Answer.ACK);
    Consumed other = new Consumed(Answer.ACK);
    result(groups.subscribeToAll(GROUP, slots, one));
    result(groups.subscribeToAll(GROUP, slots, other));
    append("order-1", ExpectedRevision.any(), events(30));
    await().atMost(WAIT).until(() -> one.events.size() == 30);
    assertThat(other.events).isEmpty();
  }

  @Test
  void delete_and_update_drop_consumers() throws Exception {
    create(options());
    Consumed first = consume(Answer.ACK);
    result(
        groups.updateToAll(
            GROUP, UpdatePersistentSubscriptionToAllOptions.get().fromStart().maxRetryCount(3)));
    result(first.ended);
    assertThat(info().getSettings().getMaxRetryCount()).isEqualTo(3);
    result(groups.deleteToAll(GROUP));
    assertThat(result(groups.getInfoToAll(GROUP))).isEmpty();
    assertThat(result(groups.listAll())).isEmpty();
  }

  @Test
  void group_exists_once_and_unknown_ones_are_not_found() throws Exception {
    create(options());
    assertThatThrownBy(() -> create(options()))
        .satisfies(e ->
            assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.ALREADY_EXISTS));
    assertThatThrownBy(() -> result(groups.subscribeToAll("nobody", new Consumed(Answer.ACK))))
        .satisfies(
            e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.NOT_FOUND));
    result(groups.restartSubsystem());
    assertThat(result(groups.listToAll())).hasSize(1);
  }

  @Test
  void group_of_a_stream_delivers_from_a_revision_on() throws Exception {
    append("s", ExpectedRevision.any(), events(5));
    result(
        groups.createToStream(
            "s", GROUP, CreatePersistentSubscriptionToStreamOptions.get().startFrom(3)));
    Consumed consumed = new Consumed(Answer.ACK);
    result(groups.subscribeToStream("s", GROUP, consumed));
    append("s", ExpectedRevision.any(), events(1));
    await().atMost(WAIT).until(() -> consumed.events.size() == 3);
    assertThat(result(groups.listToStream("s"))).hasSize(1);
  }

  private CreatePersistentSubscriptionToAllOptions options() {
    return CreatePersistentSubscriptionToAllOptions.get().fromStart().filter(orders());
  }

  private static SubscriptionFilter orders() {
    return SubscriptionFilter.newBuilder().addStreamNamePrefix("order-").build();
  }

  private void create(CreatePersistentSubscriptionToAllOptions options) throws Exception {
    result(groups.createToAll(GROUP, options));
  }

  private Consumed consume(Answer answer) throws Exception {
    Consumed consumed = new Consumed(answer);
    result(groups.subscribeToAll(GROUP, consumed));
    return consumed;
  }

  private PersistentSubscriptionToAllInfo info() throws Exception {
    return result(groups.getInfoToAll(GROUP)).orElseThrow();
  }

  private long parked() throws Exception {
    return info().getStats().getParkedMessageCount();
  }

  private static Set<String> streams(Consumed consumed) {
    return consumed.events.stream()
        .map(event -> event.getEvent().getStreamId())
        .collect(Collectors.toSet());
  }
}
