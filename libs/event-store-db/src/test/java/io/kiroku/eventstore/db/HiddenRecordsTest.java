package io.kiroku.eventstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.node.EventStoreNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The log ends with records that no read of `$all` shows: a shared subscription's own places.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HiddenRecordsTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String HIDDEN = "$persistentsubscription-$all::readers-checkpoint";
  private static final int MORE_THAN_BETWEEN_TWO_CHECKPOINTS = 100;

  private final EventStoreNode node = EventStoreNode.inMemory().start();
  private final EventStoreDbConnection connection =
      new EventStoreDbConnection(node.connectionString());
  private final EventStoreDbEventStore store = new EventStoreDbEventStore(connection);
  private final EventStoreDbEventLog log = new EventStoreDbEventLog(connection);

  @AfterEach
  void stop() {
    connection.close();
    node.close();
  }

  @Test
  void a_position_that_was_kept_is_not_beyond_the_log() throws Exception {
    append(StreamId.of("order", "1"));
    long kept = lastPositionAfter(this::appendHidden, log.open(EventLog.START, Set.of()));

    try (LogCursor later = log.open(kept, Set.of())) {
      CompletableFuture<LogBatch> next = later.next(10).subscribeAsCompletionStage();
      await().during(Duration.ofMillis(500)).atMost(BOUND).until(() -> !next.isDone());

      append(StreamId.of("order", "2"));
      assertThat(next.get(BOUND.toSeconds(), TimeUnit.SECONDS).events())
          .extracting(event -> event.stream().value())
          .containsExactly("order-2");
    }
  }

  /// Reads on until nothing has come for a while.
  private static long lastPositionAfter(Runnable appends, LogCursor cursor) {
    var position = new AtomicLong(EventLog.START);
    try (cursor) {
      readOn(cursor, position);
      await().atMost(BOUND).until(position::get, reached -> reached > EventLog.START);
      appends.run();
      var before = new AtomicLong();
      await()
          .during(Duration.ofMillis(500))
          .atMost(BOUND)
          .until(() -> before.getAndSet(position.get()) == position.get());
    }
    return position.get();
  }

  private static void readOn(LogCursor cursor, AtomicLong position) {
    cursor
        .next(10)
        .subscribe()
        .with(
            batch -> {
              position.set(batch.position());
              readOn(cursor, position);
            },
            closed -> {});
  }

  private void append(StreamId stream) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "", "alice", "default", null, null, null);
    var event = new NewEvent(UUID.randomUUID(), "noted.v1", new byte[] {'{', '}'}, metadata);
    now(store.append(stream, -1, List.of(event)));
  }

  private void appendHidden() {
    List<EventData> places =
        IntStream.range(0, MORE_THAN_BETWEEN_TWO_CHECKPOINTS)
            .mapToObj(
                _ -> EventData.builderAsJson("$SubscriptionCheckpoint", new byte[] {'1'}).build())
            .toList();
    now(connection.call(client -> client.appendToStream(HIDDEN, places.iterator())));
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(BOUND);
  }
}
