package io.kiroku.query.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventFeeds;
import io.kiroku.eventstore.db.EventStoreDbEventLog;
import io.kiroku.eventstore.db.EventStoreDbEventStore;
import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.query.events.EventQuery;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventWatchTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration STALL = Duration.ofMillis(50);

  private final EventStoreNode node = EventStoreNode.on(new MemoryStorage()).start();
  private final EventStoreDbConnection connection =
      new EventStoreDbConnection(node.connectionString());
  private final EventLog log = new EventStoreDbEventLog(connection);
  private final LogTail tail =
      new LogTail(
          new EventSources(
              new EventStoreDbEventStore(connection), log, new EventStoreDbEventFeeds(connection)));

  @AfterEach
  void close() {
    connection.close();
    node.close();
  }

  private long record() {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "hash", "mika", "default", null, null, null);
    var event = new NewEvent(id, "any.v1", "{}".getBytes(StandardCharsets.UTF_8), metadata);
    return new EventStoreDbEventStore(connection)
        .append(StreamId.of("order", "1"), -1, List.of(event))
        .await()
        .atMost(SOON)
        .position();
  }

  private EventWatch watch(BooleanSupplier isReady, long head) {
    return new EventWatch(
        new LogPages(log, tail, EventLog.START),
        new EventQuery("default", "", "", Set.of(), ""),
        new Outbound(isReady),
        STALL,
        EventLog.START,
        head);
  }

  private static StatusRuntimeException failure(Uni<List<WatchEventsResponse>> next) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> next.await().atMost(SOON));
  }

  @Test
  void a_client_without_room_is_cut_off_with_what_was_sent_last() {
    long position = record();
    boolean[] room = {true};
    try (EventWatch watch = watch(() -> room[0], position)) {
      assertThat(watch.next().await().atMost(SOON)).isNotEmpty();
      room[0] = false;
      assertThat(failure(watch.next()))
          .returns(Code.RESOURCE_EXHAUSTED, it -> it.getStatus().getCode())
          .hasMessageContaining("resume after position " + position + ".");
    }
  }

  @Test
  void when_it_is_closed_its_reader_is_told_where_to_resume() {
    long position = record();
    EventWatch watch = watch(() -> true, position);
    assertThat(watch.next().await().atMost(SOON)).isNotEmpty();
    var waiting = watch.next().subscribeAsCompletionStage();
    watch.close();
    assertIsUnavailable(failure(Uni.createFrom().completionStage(waiting)), position);
  }

  @Test
  void trap_28_when_the_store_goes_away_its_reader_is_told_where_to_resume() {
    long position = record();
    try (EventWatch watch = watch(() -> true, position)) {
      assertThat(watch.next().await().atMost(SOON)).isNotEmpty();
      var waiting = watch.next().subscribeAsCompletionStage();
      node.close();
      assertIsUnavailable(failure(Uni.createFrom().completionStage(waiting)), position);
    }
  }

  private static void assertIsUnavailable(StatusRuntimeException failure, long position) {
    assertThat(failure)
        .returns(Code.UNAVAILABLE, it -> it.getStatus().getCode())
        .hasMessageContaining("resume after position " + position + ".");
  }
}
