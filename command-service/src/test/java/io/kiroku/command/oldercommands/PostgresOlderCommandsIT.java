package io.kiroku.command.oldercommands;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.SeenCommand;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Each index is a process of its own, on one real PostgreSQL.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresOlderCommandsIT {
  private static final TestDatabase database = TestDatabase.start();

  private final StreamId stream = StreamId.of("stock", UUID.randomUUID().toString());
  private final InMemoryEventStore store = new InMemoryEventStore();

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  private OlderCommands process() {
    return new PostgresOlderCommands(database.pool, store);
  }

  private static UUID command(int number) {
    return new UUID(7, number);
  }

  /// Every command is two events.
  private void append(int from, int to) {
    List<NewEvent> events =
        IntStream.range(from, to)
            .boxed()
            .flatMap(number -> IntStream.of(0, 1).mapToObj(_ -> event(number)))
            .toList();
    await(store.append(stream, from * 2L - 1, events));
  }

  private static NewEvent event(int number) {
    UUID id = command(number);
    var metadata =
        new EventMetadata(id, id, id, "hash " + number, "alice", "default", null, null, null);
    return new NewEvent(UUID.randomUUID(), "noted.v1", new byte[] {'{', '}'}, metadata);
  }

  @Test
  void a_command_is_found_with_its_hash_and_its_revisions() {
    append(0, 6_000);

    assertThat(await(process().find(stream, command(5_500), 12_000)))
        .contains(new SeenCommand("hash 5500", 11_000, 11_001));
    assertThat(await(process().find(stream, command(6_001), 12_000))).isEmpty();
  }

  @Test
  void what_one_process_read_the_next_one_need_not() {
    append(0, 50);
    await(process().find(stream, command(1), 100));

    assertThat(
            database.number(
                "SELECT count(*) FROM older_command WHERE stream = '%s'".formatted(stream)))
        .isEqualTo(50);
    assertThat(
            await(
                new PostgresOlderCommands(database.pool, new InMemoryEventStore())
                    .find(stream, command(49), 100)))
        .isPresent();
  }

  @Test
  void it_follows_a_stream_that_grows() {
    append(0, 10);
    OlderCommands index = process();
    assertThat(await(index.find(stream, command(12), 20))).isEmpty();

    append(10, 20);
    assertThat(await(index.find(stream, command(12), 40)))
        .contains(new SeenCommand("hash 12", 24, 25));
  }

  @Test
  void two_processes_that_fill_it_at_once_agree() {
    append(0, 4_000);

    var both =
        Uni.combine()
            .all()
            .unis(
                process().find(stream, command(3), 8_000),
                process().find(stream, command(3_999), 8_000))
            .asTuple();

    assertThat(await(both).getItem1()).contains(new SeenCommand("hash 3", 6, 7));
    assertThat(await(both).getItem2()).contains(new SeenCommand("hash 3999", 7_998, 7_999));
  }
}
