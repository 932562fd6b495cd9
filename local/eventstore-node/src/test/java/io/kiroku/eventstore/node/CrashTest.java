package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The program, killed again and again while many write and a group is consumed.
///
/// `-Dkiroku.node.crashes=` says how often, `-Dkiroku.node.seed=` chooses other moments.
final class CrashTest {
  private static final int CRASHES = Integer.getInteger("kiroku.node.crashes", 5);
  private static final int WRITERS = 6;
  private static final String PREFIX = "written-";
  private static final Duration WAIT = Duration.ofSeconds(60);

  /// As many again may be done with while one checkpoint is on its way: there are never two.
  private static final int AGAIN_MAX = 2 * CrashConsumer.CHECKPOINT_COUNT_MAX + CrashConsumer.SLOTS;

  private final Random random = new Random(Long.getLong("kiroku.node.seed", 1));
  private final List<CrashWriter> writers = new ArrayList<>();
  private final CrashConsumer consumer = new CrashConsumer();

  @Test
  void answered_appends_and_groups_survive_being_killed_at_random_moments() throws Exception {
    for (int writer = 0; writer < WRITERS; writer++) {
      writers.add(new CrashWriter(PREFIX + writer, new Random(random.nextLong())));
    }
    String database = Postgres.database();
    for (int crash = 0; crash <= CRASHES; crash++) {
      try (NodeProcess node = new NodeProcess("--port", "0", "--storage", "postgres:" + database)) {
        var settings = EventStoreDBConnectionString.parseOrThrow(node.connectionString());
        EventStoreDBClient client = EventStoreDBClient.create(settings);
        var groups = EventStoreDBPersistentSubscriptionsClient.create(settings);
        List<Long> log = checkedLog(client);
        if (crash == 0) {
          consumer.create(groups, PREFIX);
        }
        long checkpoint = consumer.checkpoint(groups);
        assertThat(consumer.got(log.stream().filter(position -> position <= checkpoint).toList()))
            .as("all before the checkpoint was delivered")
            .isTrue();
        consumer.consume(groups);
        if (crash < CRASHES) {
          writeUntilKilled(client, node);
        } else {
          await().atMost(WAIT).until(() -> consumer.got(log));
          node.kill();
        }
        assertThat(consumer.first()).isGreaterThan(checkpoint);
        assertThat(consumer.again()).isLessThanOrEqualTo(AGAIN_MAX);
        var _ = client.shutdown();
        var _ = groups.shutdown();
      }
    }
  }

  private void writeUntilKilled(EventStoreDBClient client, NodeProcess node) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      writers.forEach(writer -> executor.execute(() -> writer.writeTo(client)));
      Thread.sleep(200 + random.nextInt(800)); // the moment of the kill, not a wait
      node.kill();
    }
  }

  /// Positions of all events in the log, which are those that were answered, and no others but what
  /// the last node took without having answered; none twice.
  private List<Long> checkedLog(EventStoreDBClient client) throws Exception {
    List<RecordedEvent> events =
        client
            .readAll(ReadAllOptions.get().forwards().fromStart())
            .get(60, TimeUnit.SECONDS)
            .getEvents()
            .stream()
            .map(ResolvedEvent::getOriginalEvent)
            .filter(event -> event.getStreamId().startsWith(PREFIX))
            .toList();
    Set<UUID> ids = new HashSet<>();
    Map<String, List<Long>> positions = new HashMap<>();
    for (RecordedEvent event : events) {
      List<Long> stream = positions.computeIfAbsent(event.getStreamId(), _ -> new ArrayList<>());
      assertThat(event.getRevision()).isEqualTo(stream.size()).isEqualTo(meant(event));
      assertThat(ids.add(event.getEventId())).as("%s is there once", event.getEventId()).isTrue();
      stream.add(event.getPosition().getCommitUnsigned());
    }
    for (CrashWriter writer : writers) {
      assertThat(writer.refused()).isNull();
      List<Long> stream = positions.getOrDefault(writer.stream, List.of());
      writer
          .answered()
          .forEach((revision, position) ->
              assertThat(stream.get(Math.toIntExact(revision))).isEqualTo(position));
    }
    return events.stream().map(event -> event.getPosition().getCommitUnsigned()).toList();
  }

  private static long meant(RecordedEvent event) {
    return JsonParser.parseString(new String(event.getEventData(), StandardCharsets.UTF_8))
        .getAsJsonObject()
        .get("revision")
        .getAsLong();
  }
}
