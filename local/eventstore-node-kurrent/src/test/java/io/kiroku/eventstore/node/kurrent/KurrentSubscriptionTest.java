package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.kiroku.eventstore.node.kurrent.Heard.CaughtUp;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToAllOptions;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import io.kurrent.dbclient.Subscription;
import io.kurrent.dbclient.SubscriptionFilter;
import io.kurrent.dbclient.SubscriptionFilterBuilder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Catch-up subscriptions.
final class KurrentSubscriptionTest extends KurrentTest {
  KurrentSubscriptionTest(SharedNode node) throws SQLException {
    super(node);
  }

  @Test
  void stream_is_delivered_from_its_start_and_on() {
    append(events(3));
    Heard heard = new Heard();
    Subscription subscription = subscribe(heard, SubscribeToStreamOptions.get().fromStart());
    awaitLive(heard);
    append(events(3));
    awaitEvents(heard, 6);
    assertThat(revisions(heard.events)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    subscription.stop();
  }

  @Test
  void stream_is_delivered_after_a_revision_or_its_end() {
    append(events(3));
    Heard after = new Heard();
    Heard end = new Heard();
    Subscription one = subscribe(after, SubscribeToStreamOptions.get().fromRevision(1));
    Subscription other = subscribe(end, SubscribeToStreamOptions.get().fromEnd());
    awaitLive(end);
    append(events(1));
    awaitEvents(after, 2);
    awaitEvents(end, 1);
    assertThat(revisions(after.events)).containsExactly(2L, 3L);
    assertThat(revisions(end.events)).containsExactly(3L);
    one.stop();
    other.stop();
  }

  @Test
  void caught_up_says_where_and_when() {
    append(events(3));
    Heard heard = new Heard();
    Subscription subscription = subscribe(heard, SubscribeToStreamOptions.get().fromStart());
    awaitLive(heard);
    CaughtUp stream = heard.caughtUp.getFirst();
    assertThat(stream.revision()).isEqualTo(2);
    assertThat(stream.at()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    subscription.stop();

    Heard all = new Heard();
    Position position = end();
    Subscription ofAll =
        result(client.subscribeToAll(all, SubscribeToAllOptions.get().fromPosition(position)));
    awaitLive(all);
    assertThat(all.caughtUp.getFirst().position()).isGreaterThanOrEqualTo(position);
    ofAll.stop();
  }

  @Test
  void trap_3_tombstone_ends_it_with_an_error() {
    append(events(1));
    Heard heard = new Heard();
    subscribe(heard, SubscribeToStreamOptions.get().fromStart());
    awaitLive(heard);
    result(client.tombstoneStream(stream));
    assertThat(Status.fromThrowable(result(heard.ended)).getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(heard.types()).containsExactly("event-0", "$streamDeleted");
  }

  @Test
  void all_is_filtered_by_streams_and_types() {
    for (var filter :
        List.<Function<SubscriptionFilterBuilder, SubscriptionFilterBuilder>>of(
            f -> f.addStreamNamePrefix(stream),
            f -> f.withStreamNameRegularExpression("^" + stream + "[ab]$"),
            f -> f.addEventTypePrefix(stream),
            f -> f.withEventTypeRegularExpression(stream + "(a|b)$"))) {
      Position begin = end();
      append(stream + "a", StreamState.any(), event(stream + "a"));
      append(newName(), StreamState.any(), events(1));
      Heard heard = new Heard();
      Subscription subscription = subscribeToAll(heard, begin, filter);
      awaitLive(heard);
      append(newName(), StreamState.any(), events(1));
      append(stream + "b", StreamState.any(), event(stream + "b"));
      awaitEvents(heard, 2);
      assertThat(heard.types()).containsExactly(stream + "a", stream + "b");
      subscription.stop();
    }
  }

  @Test
  void trap_12_checkpoints_ascend_and_can_be_started_from() {
    List<Position> checkpoints = new CopyOnWriteArrayList<>();
    Heard heard = new Heard();
    Subscription subscription =
        subscribeToAll(
            heard,
            end(),
            f ->
                f.addStreamNamePrefix(stream)
                    .withMaxWindow(8)
                    .withCheckpointer((_, position) -> {
                      checkpoints.add(position);
                      return CompletableFuture.allOf();
                    }));
    append(events(1));
    for (int i = 0; i < 4; i++) {
      append(newName(), StreamState.any(), events(10));
    }
    await().atMost(WAIT).until(() -> checkpoints.size() >= 3);
    subscription.stop();
    assertThat(checkpoints).isSorted().doesNotHaveDuplicates();

    append(event("after"));
    Heard next = new Heard();
    Subscription again =
        subscribeToAll(next, checkpoints.getLast(), f -> f.addStreamNamePrefix(stream));
    awaitEvents(next, 1);
    assertThat(next.types()).containsExactly("after");
    again.stop();
  }

  @Test
  void every_event_is_seen_once_and_in_order_while_many_write() {
    List<Heard> heards = Stream.generate(Heard::new).limit(3).toList();
    List<Subscription> subscriptions =
        heards.stream().map(h -> subscribe(h, SubscribeToStreamOptions.get().fromStart())).toList();
    result(
        CompletableFuture.allOf(
            Stream.generate(() -> client.appendToStream(stream, events(2)))
                .limit(100)
                .toArray(CompletableFuture<?>[]::new)));
    List<Long> all = LongStream.range(0, 200).boxed().toList();
    for (Heard heard : heards) {
      awaitEvents(heard, 200);
      assertThat(revisions(heard.events)).isEqualTo(all);
    }
    subscriptions.forEach(Subscription::stop);
  }

  private Subscription subscribe(Heard heard, SubscribeToStreamOptions options) {
    return result(client.subscribeToStream(stream, heard, options));
  }

  private Subscription subscribeToAll(
      Heard heard,
      Position after,
      Function<SubscriptionFilterBuilder, SubscriptionFilterBuilder> filter) {
    return result(
        client.subscribeToAll(
            heard,
            SubscribeToAllOptions.get()
                .fromPosition(after)
                .filter(filter.apply(SubscriptionFilter.newBuilder()).build())));
  }

  /// The position of the last event.
  private Position end() {
    return result(client.readAll(ReadAllOptions.get().backwards().fromEnd().maxCount(1)))
        .getEvents()
        .getFirst()
        .getOriginalEvent()
        .getPosition();
  }

  private static void awaitLive(Heard heard) {
    await().atMost(WAIT).until(() -> !heard.caughtUp.isEmpty());
  }

  private static void awaitEvents(Heard heard, int count) {
    await().atMost(WAIT).until(() -> heard.events.size() >= count);
    assertThat(heard.events).hasSize(count);
  }
}
