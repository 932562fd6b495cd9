package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.kiroku.eventstore.node.kurrent.Consumed.Answer;
import io.kurrent.dbclient.CreatePersistentSubscriptionToAllOptions;
import io.kurrent.dbclient.CreatePersistentSubscriptionToStreamOptions;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.NackAction;
import io.kurrent.dbclient.NamedConsumerStrategy;
import io.kurrent.dbclient.PersistentSubscription;
import io.kurrent.dbclient.PersistentSubscriptionToAllInfo;
import io.kurrent.dbclient.PersistentSubscriptionToStreamInfo;
import io.kurrent.dbclient.ReplayParkedMessagesOptions;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscriptionFilter;
import io.kurrent.dbclient.UpdatePersistentSubscriptionToAllOptions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Persistent subscriptions.
final class KurrentGroupTest extends KurrentTest {
  private final String group = "group-" + UUID.randomUUID();

  KurrentGroupTest(SharedNode node) throws SQLException {
    super(node);
  }

  @Test
  void group_of_a_stream_delivers_old_and_new_and_knows_what_it_did() {
    append(events(3));
    result(groups.createToStream(stream, group, fromStart()));
    Consumed consumed = new Consumed(Answer.ACK);
    PersistentSubscription subscription = consume(consumed);
    append(events(2));
    awaitEvents(consumed, 5);
    assertThat(revisions(consumed.events)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(consumed.retries).containsOnly(0);
    assertThat(subscription.getSubscriptionId()).isEqualTo(stream + "::" + group);
    await().atMost(WAIT).until(() -> info().getStats().getTotalInFlightMessages() == 0);
    PersistentSubscriptionToStreamInfo info = info();
    assertThat(info.getEventSource()).isEqualTo(stream);
    assertThat(info.getGroupName()).isEqualTo(group);
    assertThat(info.getStats().getTotalItems()).isEqualTo(5);
    assertThat(info.getStats().getLastKnownEventRevision()).contains(4L);
    assertThat(info.getConnections()).hasSize(1);
    assertThat(result(groups.listToStream(stream))).hasSize(1);
    subscription.stop();
  }

  @Test
  void group_of_all_is_filtered_updated_and_deleted() {
    SubscriptionFilter filter = SubscriptionFilter.newBuilder().addStreamNamePrefix(stream).build();
    append(events(2));
    result(
        groups.createToAll(
            group, CreatePersistentSubscriptionToAllOptions.get().fromStart().filter(filter)));
    Consumed consumed = new Consumed(Answer.ACK);
    result(groups.subscribeToAll(group, consumed));
    append(newName(), StreamState.any(), events(2));
    append(events(1));
    awaitEvents(consumed, 3);
    result(
        groups.updateToAll(
            group, UpdatePersistentSubscriptionToAllOptions.get().fromStart().maxRetryCount(3)));
    assertThat(Status.fromThrowable(result(consumed.ended)).getCode())
        .isEqualTo(Status.Code.CANCELLED);
    PersistentSubscriptionToAllInfo info = result(groups.getInfoToAll(group)).orElseThrow();
    assertThat(info.getSettings().getMaxRetryCount()).isEqualTo(3);
    assertThat(result(groups.listToAll())).extracting(g -> g.getGroupName()).contains(group);
    result(groups.deleteToAll(group));
    assertThat(result(groups.getInfoToAll(group))).isEmpty();
    assertThat(result(groups.listAll())).extracting(g -> g.getGroupName()).doesNotContain(group);
  }

  @Test
  void refused_messages_are_retried_parked_skipped_and_replayed() {
    append(events(3));
    result(groups.createToStream(stream, group, fromStart().maxRetryCount(1)));
    Consumed consumed =
        new Consumed((subscription, _, event) -> {
          if (!event.getOriginalEvent().getStreamId().equals(stream)) {
            subscription.ack(event); // replayed, with the place where it was parked as its link
          } else if (event.getEvent().getRevision() == 0) {
            subscription.nack(NackAction.Retry, "not yet", event);
          } else {
            NackAction action =
                event.getEvent().getRevision() == 1 ? NackAction.Park : NackAction.Skip;
            subscription.nack(action, "because", event);
          }
        });
    consume(consumed);
    await().atMost(WAIT).until(() -> parked() == 2);
    assertThat(consumed.events).hasSize(4);
    assertThat(consumed.retries).containsExactlyInAnyOrder(0, 1, 0, 0);
    result(
        groups.replayParkedMessagesToStream(
            stream, group, ReplayParkedMessagesOptions.get().stopAt(1)));
    awaitEvents(consumed, 5);
    await().atMost(WAIT).until(() -> parked() == 1);
    result(groups.replayParkedMessagesToStream(stream, group));
    awaitEvents(consumed, 6);
    await().atMost(WAIT).until(() -> parked() == 0);
  }

  @Test
  void trap_17_unanswered_messages_come_again_after_a_disconnect() {
    append(events(4));
    result(groups.createToStream(stream, group, fromStart()));
    Consumed silent = new Consumed(Answer.NONE);
    PersistentSubscription first = consume(silent);
    awaitEvents(silent, 4);
    first.stop();
    Consumed consumed = new Consumed(Answer.ACK);
    consume(consumed);
    awaitEvents(consumed, 4);
    assertThat(revisions(consumed.events)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(consumed.retries).containsOnly(1);
  }

  @Test
  void trap_10_message_is_acknowledged_by_its_link() {
    append(events(2));
    String links = newName();
    append(links, StreamState.any(), link(0), link(1));
    result(groups.createToStream(links, group, fromStart().resolveLinkTos()));
    Consumed consumed = new Consumed(Answer.ACK);
    result(groups.subscribeToStream(links, group, consumed));
    awaitEvents(consumed, 2);
    assertThat(consumed.events).allMatch(event -> event.getEvent().getStreamId().equals(stream));
    await()
        .atMost(WAIT)
        .until(() ->
            result(groups.getInfoToStream(links, group))
                    .orElseThrow()
                    .getStats()
                    .getTotalInFlightMessages()
                == 0);
  }

  @Test
  void strategy_is_given_by_its_name() {
    var strategy = NamedConsumerStrategy.PINNED_BY_CORRELATION;
    result(groups.createToStream(stream, group, fromStart().namedConsumerStrategy(strategy)));
    assertThat(info().getSettings().getNamedConsumerStrategy().isPinnedByCorrelation()).isTrue();
    Consumed one = new Consumed(Answer.ACK);
    Consumed other = new Consumed(Answer.ACK);
    consume(one);
    consume(other);
    for (int i = 0; i < 40; i++) {
      byte[] metadata =
          "{\"$correlationId\":\"c-%d\"}".formatted(i % 20).getBytes(StandardCharsets.UTF_8);
      append(EventDataBuilder.json("of-" + i % 20, new byte[0]).metadataAsBytes(metadata).build());
    }
    await().atMost(WAIT).until(() -> one.events.size() + other.events.size() == 40);
    assertThat(types(one)).isNotEmpty().doesNotContainAnyElementsOf(types(other));
    assertThat(types(other)).isNotEmpty();
  }

  @Test
  void group_exists_once_and_unknown_ones_are_not_found() {
    result(groups.createToStream(stream, group, fromStart()));
    assertFails(
        () -> result(groups.createToStream(stream, group, fromStart())),
        Status.Code.ALREADY_EXISTS);
    assertFails(
        () -> result(groups.subscribeToStream(stream, "nobody", new Consumed(Answer.ACK))),
        Status.Code.NOT_FOUND);
    assertFails(() -> result(groups.deleteToStream(stream, "nobody")), Status.Code.NOT_FOUND);
    assertThat(result(groups.getInfoToStream(stream, "nobody"))).isEmpty();
    assertFails(
        () -> result(groups.createToStream(stream, "other", fromStart().readBatchSize(500))),
        Status.Code.INTERNAL);
  }

  @Test
  void subsystem_restarts_with_its_groups() {
    append(events(1));
    result(groups.createToStream(stream, group, fromStart()));
    Consumed before = new Consumed(Answer.NONE);
    consume(before);
    awaitEvents(before, 1);
    result(groups.restartSubsystem());
    assertThat(Status.fromThrowable(result(before.ended)).getCode())
        .isEqualTo(Status.Code.CANCELLED);
    Consumed after = new Consumed(Answer.ACK);
    consume(after);
    awaitEvents(after, 1);
  }

  private static CreatePersistentSubscriptionToStreamOptions fromStart() {
    return CreatePersistentSubscriptionToStreamOptions.get().fromStart();
  }

  private PersistentSubscription consume(Consumed consumed) {
    return result(groups.subscribeToStream(stream, group, consumed));
  }

  private PersistentSubscriptionToStreamInfo info() {
    return result(groups.getInfoToStream(stream, group)).orElseThrow();
  }

  private long parked() {
    return info().getStats().getParkedMessageCount();
  }

  private static Set<String> types(Consumed consumed) {
    return consumed.events.stream()
        .map(event -> event.getEvent().getEventType())
        .collect(Collectors.toSet());
  }

  private static void awaitEvents(Consumed consumed, int count) {
    await().atMost(WAIT).until(() -> consumed.events.size() >= count);
    assertThat(consumed.events).hasSize(count);
  }

  private static void assertFails(Runnable call, Status.Code code) {
    assertThatThrownBy(call::run)
        .isInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(code));
  }
}
