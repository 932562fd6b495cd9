package io.kiroku.command.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.outbox.OutboxCleaning;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The leader's ticks, between commits of its own and what a real replication slot confirms.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxTendingIT {
  private static final TestDatabase database = TestDatabase.start();

  private final OutboxCleaning cleaning = new OutboxCleaning(database.pool, "outbox_slot");

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void committedUpTo7() {
    database.query("TRUNCATE outbox, outbox_mark");
    database.query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    database.query("SELECT pg_create_logical_replication_slot('outbox_slot', 'pgoutput')");
    database.query(
        "INSERT INTO outbox (id, topic, aggregate_id, type, payload, stream, revision,"
            + " log_position, correlation_id, tenant, partition) VALUES (gen_random_uuid(), 't',"
            + " 'a', 'T', '', 's-1', 0, 7, 'c', 'default', 0)");
  }

  @Test
  void a_row_goes_with_the_tick_after_its_confirmation_and_not_before() {
    OutboxTending tending = new OutboxTending(cleaning, Duration.ZERO);
    tending.tick(7);
    tending.tick(7);
    assertThat(rows()).isEqualTo(1);

    confirmEverything();
    tending.tick(7);

    assertThat(rows()).isZero();
  }

  @Test
  void until_it_is_time_nothing_is_done() {
    confirmEverything();

    new OutboxTending(cleaning, Duration.ofHours(1)).tick(7);

    assertThat(rows()).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM outbox_mark")).isZero();
  }

  private static void confirmEverything() {
    database.query("SELECT pg_replication_slot_advance('outbox_slot', pg_current_wal_lsn())");
  }

  private static long rows() {
    return database.number("SELECT count(*) FROM outbox");
  }
}
