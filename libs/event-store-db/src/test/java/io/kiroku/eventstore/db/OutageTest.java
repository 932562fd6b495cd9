package io.kiroku.eventstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.EventFeeds.FeedCursor;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The store goes away and comes back under the same address, with what it held.
class OutageTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final MemoryStorage storage = new MemoryStorage();
  private EventStoreNode node = EventStoreNode.on(storage).start();
  private final EventStoreDbConnection connection =
      new EventStoreDbConnection(node.connectionString());
  private final EventStoreDbEventStore store = new EventStoreDbEventStore(connection);
  private final EventStoreDbEventLog log = new EventStoreDbEventLog(connection);
  private final EventStoreDbEventFeeds feeds = new EventStoreDbEventFeeds(connection);
  private final StreamId stream = new StreamId("outage-1");

  @AfterEach
  void stop() {
    connection.close();
    node.close();
  }

  private void comeBack(int port) {
    node = EventStoreNode.on(storage).port(port).start();
  }

  private Uni<Long> append(long expected) {
    UUID id = UUID.randomUUID();
    EventMetadata metadata =
        new EventMetadata(id, id, id, "hash", "alice", "default", null, null, null);
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    return store
        .append(stream, expected, List.of(new NewEvent(id, "noted.v1", json, metadata)))
        .map(appended -> appended.revision());
  }

  @Test
  void trap_28_a_store_that_was_away_is_used_again_without_a_restart() {
    assertThat(append(-1).await().atMost(BOUND)).isZero();
    int port = node.port();
    node.close();

    // Longer than the client's own patience: it has shut itself down by then.
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> append(0).await().atMost(BOUND))
          .isInstanceOf(EventStoreUnavailable.class);
      assertThatThrownBy(() -> store.read(stream, 0).await().atMost(BOUND))
          .isInstanceOf(EventStoreUnavailable.class);
    }

    comeBack(port);
    await()
        .atMost(BOUND)
        .ignoreExceptionsInstanceOf(EventStoreUnavailable.class)
        .until(() -> append(0).await().atMost(BOUND), revision -> revision == 1);
    assertThat(store.read(stream, 0).await().atMost(BOUND)).hasSize(2);
  }

  @Test
  void trap_28_a_cursor_ends_with_the_store_and_another_goes_on_where_it_was() throws Exception {
    append(-1).await().atMost(BOUND);
    LogCursor cursor = log.open(-1, Set.of("outage-"));
    LogBatch first = cursor.next(10).await().atMost(BOUND);
    assertThat(first.events()).hasSize(1);
    CompletableFuture<LogBatch> waiting = cursor.next(10).subscribeAsCompletionStage();
    int port = node.port();
    node.close();

    assertThatThrownBy(() -> lastOf(waiting, cursor))
        .hasCauseInstanceOf(EventStoreUnavailable.class);
    cursor.close();
    comeBack(port);
    await()
        .atMost(BOUND)
        .ignoreExceptionsInstanceOf(EventStoreUnavailable.class)
        .until(() -> append(0).await().atMost(BOUND), revision -> revision == 1);
    try (LogCursor next = log.open(first.position(), Set.of("outage-"))) {
      assertThat(next.next(10).await().atMost(BOUND).events())
          .extracting(RecordedEvent::revision)
          .containsExactly(1L);
    }
  }

  /// Checkpoints may still come before the end.
  private static void lastOf(CompletableFuture<LogBatch> waiting, LogCursor cursor)
      throws Exception {
    CompletableFuture<LogBatch> next = waiting;
    while (true) {
      assertThat(next.get(BOUND.toSeconds(), TimeUnit.SECONDS).events()).isEmpty();
      next = cursor.next(10).subscribeAsCompletionStage();
    }
  }

  @Test
  void trap_28_a_feed_ends_with_the_store_and_another_gets_what_was_not_acknowledged() {
    append(-1).await().atMost(BOUND);
    feeds.ensure("outage", Set.of("outage-")).await().atMost(BOUND);
    FeedCursor cursor = feeds.open("outage");
    assertThat(cursor.next(10).await().atMost(BOUND)).hasSize(1);
    CompletableFuture<List<RecordedEvent>> waiting = cursor.next(10).subscribeAsCompletionStage();
    int port = node.port();
    node.close();

    assertThatThrownBy(() -> waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EventStoreUnavailable.class);
    cursor.close();
    comeBack(port);
    List<RecordedEvent> again =
        await()
            .atMost(BOUND)
            .ignoreExceptionsInstanceOf(EventStoreUnavailable.class)
            .until(
                () -> {
                  try (FeedCursor next = feeds.open("outage")) {
                    return next.next(10).await().atMost(BOUND);
                  }
                },
                events -> !events.isEmpty());
    assertThat(again).extracting(RecordedEvent::revision).containsExactly(0L);
  }

  @Test
  void a_store_that_was_never_there_is_unavailable_and_not_waited_for_for_ever() {
    try (EventStoreDbConnection nowhere =
        new EventStoreDbConnection("esdb://127.0.0.1:1?tls=false")) {
      assertThatThrownBy(
              () -> new EventStoreDbEventStore(nowhere).read(stream, 0).await().atMost(BOUND))
          .isInstanceOf(EventStoreUnavailable.class);
    }
  }

  @Test
  void closing_a_cursor_ends_its_reader() {
    LogCursor cursor = log.open(-1, Set.of("outage-"));
    cursor.close();

    assertThatThrownBy(() -> cursor.next(1).await().atMost(BOUND))
        .isInstanceOf(EventStoreUnavailable.class);
  }
}
