package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionFilter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Catch-up subscriptions: nothing lost, nothing twice, from any start.
abstract class SubscriptionContract extends NodeTest {
  private static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);

  SubscriptionContract(Kind kind) {
    super(kind);
  }

  @Test
  void stream_subscription_catches_up_and_goes_on_live() throws Exception {
    append("s", ExpectedRevision.noStream(), events(3));
    Heard heard = new Heard();
    result(client.subscribeToStream("s", heard, SubscribeToStreamOptions.get().fromStart()));
    await().atMost(WAIT).until(() -> heard.caughtUp.get() == 1);
    append("other", ExpectedRevision.any(), events(2));
    append("s", ExpectedRevision.expectedRevision(2), events(2));
    await().atMost(WAIT).until(() -> heard.events.size() == 5);
    assertThat(revisions(heard)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(heard.caughtUp).hasValue(1);
  }

  @Test
  void start_of_a_subscription_is_exclusive() throws Exception {
    append("s", ExpectedRevision.noStream(), events(4));
    Heard afterOne = new Heard();
    Heard afterEnd = new Heard();
    result(client.subscribeToStream("s", afterOne, SubscribeToStreamOptions.get().fromRevision(1)));
    result(client.subscribeToStream("s", afterEnd, SubscribeToStreamOptions.get().fromEnd()));
    append("s", ExpectedRevision.any(), events(1));
    await().atMost(WAIT).until(() -> afterEnd.events.size() == 1 && afterOne.events.size() == 3);
    assertThat(revisions(afterOne)).containsExactly(2L, 3L, 4L);
    assertThat(revisions(afterEnd)).containsExactly(4L);
  }

  @Test
  void missing_stream_is_waited_for() throws Exception {
    Heard heard = new Heard();
    result(client.subscribeToStream("later", heard, SubscribeToStreamOptions.get().fromStart()));
    await().atMost(WAIT).until(() -> heard.caughtUp.get() == 1);
    append("later", ExpectedRevision.noStream(), events(1));
    await().atMost(WAIT).until(() -> heard.events.size() == 1);
  }

  @Test
  void all_subscription_resumes_after_a_position() throws Exception {
    Position first = append("a", ExpectedRevision.any(), events(1)).getLogPosition();
    append("b", ExpectedRevision.any(), events(2));
    Heard heard = new Heard();
    result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromPosition(first)));
    append("c", ExpectedRevision.any(), events(1));
    await().atMost(WAIT).until(() -> heard.events.size() == 3);
    assertThat(heard.events.stream().map(e -> e.getOriginalEvent().getStreamId()))
        .containsExactly("b", "b", "c");
  }

  @Test
  void position_beyond_the_log_is_refused_loudly() {
    Position beyond = new Position(1_000_000, 1_000_000);
    assertThatThrownBy(() ->
            result(
                client.subscribeToAll(
                    new Heard(), SubscribeToAllOptions.get().fromPosition(beyond))))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void filtered_subscription_hears_how_far_it_is() throws Exception {
    for (int i = 0; i < 20; i++) {
      append("noise-" + i, ExpectedRevision.any(), events(10));
    }
    append("order-1", ExpectedRevision.any(), events(2));
    List<Position> checkpoints = new ArrayList<>();
    Heard heard = new Heard();
    SubscriptionFilter filter =
        SubscriptionFilter.newBuilder()
            .withStreamNameRegularExpression("^(order|payment)-")
            .withMaxWindow(10)
            .withCheckpointer(
                (_, position) -> {
                  checkpoints.add(position);
                  return CompletableFuture.runAsync(() -> {});
                },
                2)
            .build();
    result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromStart().filter(filter)));
    await().atMost(WAIT).until(() -> heard.caughtUp.get() == 1);
    assertThat(heard.events).hasSize(2);
    assertThat(checkpoints).hasSizeGreaterThanOrEqualTo(10).isSorted().doesNotHaveDuplicates();
    assertThat(checkpoints.getLast().getCommitUnsigned()).isEqualTo(node.end() - 1);
    int before = checkpoints.size();
    append("noise", ExpectedRevision.any(), events(25));
    await().atMost(WAIT).until(() -> checkpoints.size() > before);
    append("payment-1", ExpectedRevision.any(), events(1));
    await().atMost(WAIT).until(() -> heard.events.size() == 3);
  }

  @Test
  void every_event_comes_exactly_once_in_order_while_many_write() throws Exception {
    int writers = 8;
    int appends = 60;
    List<Heard> subscribers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String stream = "w-" + writer;
        running.add(
            executor.submit(() -> {
              for (int i = 0; i < appends; i++) {
                append(stream, ExpectedRevision.any(), events(1 + i % 3));
              }
              return null;
            }));
      }
      for (int i = 0; i < 4; i++) {
        Heard heard = new Heard();
        subscribers.add(heard);
        result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromStart()));
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    }
    int total = writers * appends * 2;
    for (Heard heard : subscribers) {
      await().atMost(WAIT).until(() -> heard.events.size() >= total);
      List<Position> positions =
          heard.events.stream().map(e -> e.getOriginalEvent().getPosition()).toList();
      assertThat(positions).hasSize(total).isSorted().doesNotHaveDuplicates();
      for (int writer = 0; writer < writers; writer++) {
        String stream = "w-" + writer;
        assertThat(
                heard.events.stream()
                    .map(ResolvedEvent::getOriginalEvent)
                    .filter(e -> e.getStreamId().equals(stream))
                    .map(e -> e.getRevision()))
            .isSorted()
            .hasSize(appends * 2);
      }
    }
  }

  @Test
  void stopping_the_node_ends_subscriptions_with_unavailable() throws Exception {
    Heard heard = new Heard();
    result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromEnd()));
    restart();
    Throwable end = result(heard.ended);
    assertThat(Status.fromThrowable(end).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void stopped_subscription_hears_no_more() throws Exception {
    Heard heard = new Heard();
    Subscription subscription =
        result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromEnd()));
    subscription.stop();
    Heard other = new Heard();
    result(client.subscribeToAll(other, SubscribeToAllOptions.get().fromEnd()));
    append("s", ExpectedRevision.any(), events(1));
    await().atMost(WAIT).until(() -> other.events.size() == 1);
    assertThat(heard.events).isEmpty();
  }

  private static List<Long> revisions(Heard heard) {
    return heard.events.stream().map(event -> event.getOriginalEvent().getRevision()).toList();
  }
}
