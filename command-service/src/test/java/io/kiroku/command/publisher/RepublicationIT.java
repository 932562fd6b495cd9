package io.kiroku.command.publisher;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.ProductEvent;
import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.command.outbox.OutboxConfig;
import io.kiroku.command.outbox.OutboxMessage;
import io.kiroku.command.outbox.OutboxTable;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.StreamId;
import io.kiroku.shared.ProductId;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Messages of a log of a hundred events go into the outbox again, before a slot that confirms what
/// it is told to.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RepublicationIT {
  private static final int EVENTS = 100;
  private static final int ROWS_MOST = 30;
  private static final Map<String, Integer> SCHEMAS =
      Topics.ALL.stream().collect(Collectors.toMap(topic -> topic, _ -> 1));
  private static final TestDatabase database = TestDatabase.start();

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final OutboxCleaning cleaning = new OutboxCleaning(database.pool, "outbox_slot");

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void hundredEvents() {
    database.query("TRUNCATE outbox, outbox_mark, outbox_republication_mark");
    database.query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    database.query("SELECT pg_create_logical_replication_slot('outbox_slot', 'pgoutput')");
    var codec = StoredEvents.codec(PersonKeys.NONE);
    ProductId product = new ProductId(UUID.randomUUID());
    for (int revision = 0; revision < EVENTS; revision++) {
      var event = new ProductEvent.ProductDiscontinued(product, Instant.EPOCH);
      UUID id = UUID.randomUUID();
      var metadata = new EventMetadata(id, id, id, "", "staff", "default", null, null, null);
      byte[] data = await(codec.encode("default", event));
      var added = new NewEvent(id, codec.typeOf(event), data, metadata);
      StreamId stream = StreamId.of("product", product.toString());
      await(store.append(stream, revision + EventStore.NO_STREAM, List.of(added)));
    }
  }

  @Test
  void everything_is_put_into_the_outbox_again_with_the_ids_that_the_publisher_gave() {
    List<OutboxMessage> published = published();

    RepublicationProgress end = last(republication(1_000).run(-1, head()));

    assertThat(end.done()).isTrue();
    assertThat(end.position()).isEqualTo(head());
    assertThat(end.messagesWritten()).isEqualTo(EVENTS);
    assertThat(ids())
        .containsExactlyInAnyOrderElementsOf(published.stream().map(OutboxMessage::id).toList());
  }

  @Test
  void rows_that_are_still_there_are_inserted_again_so_that_the_connector_sees_them() {
    await(
        database.pool.withTransaction(
            transaction -> OutboxTable.insert(transaction, published(), SCHEMAS)));
    List<UUID> before = ids();

    last(republication(1_000).run(-1, head()));

    assertThat(ids()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(database.number("SELECT count(*) FROM outbox WHERE republication IS NULL")).isZero();
  }

  @Test
  void it_waits_while_the_connector_does_not_confirm_and_the_outbox_stays_small() {
    List<RepublicationProgress> seen = new CopyOnWriteArrayList<>();
    var running = republication(ROWS_MOST).run(-1, head()).subscribe().with(seen::add);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> seen.stream().filter(progress -> progress.rowsWaiting() > 0).count() > 5);
    long full = rows();
    assertThat(full).isBetween((long) ROWS_MOST, ROWS_MOST + 10L);
    assertThat(seen.getLast().done()).isFalse();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          database.query("SELECT pg_replication_slot_advance('outbox_slot', pg_current_wal_lsn())");
          assertThat(rows()).isLessThanOrEqualTo(ROWS_MOST + 10L);
          return seen.getLast().done();
        });
    assertThat(seen.getLast().messagesWritten()).isEqualTo(EVENTS);
    running.cancel();
  }

  @Test
  void an_interrupted_one_goes_on_from_the_last_position_and_nothing_is_missing() {
    RepublicationProgress interrupted =
        last(republication(1_000).run(-1, head()).select().first(3));
    assertThat(interrupted.done()).isFalse();

    RepublicationProgress end = last(republication(1_000).run(interrupted.position() - 1, head()));

    assertThat(end.done()).isTrue();
    assertThat(rows()).isEqualTo(EVENTS);
  }

  @Test
  void what_comes_after_its_end_is_the_publishers() {
    long end = await(store.read(-1, 40)).getLast().position();

    RepublicationProgress progress = last(republication(1_000).run(-1, end));

    assertThat(progress.position()).isEqualTo(end);
    assertThat(rows()).isEqualTo(40);
  }

  private List<OutboxMessage> published() {
    return await(publications().of(await(store.read(-1, EVENTS)))).messages();
  }

  private static Publications publications() {
    return new Publications(StoredEvents.reader(), List.of(), database.pool);
  }

  private Republication republication(int rowsMost) {
    return new Republication(
        store,
        database.pool,
        cleaning,
        publications(),
        new WantedMessages(new SagaRegistry(List.of(), store)),
        SCHEMAS,
        new Settings(rowsMost));
  }

  private long head() {
    return await(store.head());
  }

  private static RepublicationProgress last(Multi<RepublicationProgress> progress) {
    return await(progress.collect().last());
  }

  private static long rows() {
    return database.number("SELECT count(*) FROM outbox");
  }

  private static List<UUID> ids() {
    List<UUID> ids = new ArrayList<>();
    database.query("SELECT id FROM outbox").forEach(row -> ids.add(row.getUUID(0)));
    return ids;
  }

  private record Settings(int republishedRowsMost) implements OutboxConfig {
    @Override
    public String slot() {
      return "outbox_slot";
    }

    @Override
    public Duration cleanEvery() {
      return Duration.ofHours(1);
    }

    @Override
    public int republishBatch() {
      return 10;
    }

    @Override
    public Duration measureEvery() {
      return Duration.ofHours(1);
    }

    @Override
    public MemorySize lagMost() {
      return new MemorySize(BigInteger.ONE);
    }
  }
}
