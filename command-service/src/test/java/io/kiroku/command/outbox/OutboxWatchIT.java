package io.kiroku.command.outbox;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.outbox.OutboxCondition.Slot;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What is told of rows and slot, with a real slot.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxWatchIT {
  private static final TestDatabase database = TestDatabase.start();

  private final OutboxWatch watch = new OutboxWatch(database.pool, new Settings());

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.query("TRUNCATE outbox");
    database.query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
  }

  @Test
  void a_missing_slot_is_lost_whatever_other_slots_there_are() {
    database.query("SELECT pg_create_logical_replication_slot('of_somebody_else', 'pgoutput')");
    assertThat(look().slot()).isEqualTo(new Slot.Lost("missing"));
  }

  @Test
  void a_slot_that_does_not_move_holds_back_more_and_more() {
    database.query("SELECT pg_create_logical_replication_slot('outbox_slot', 'pgoutput')");
    long before = lagBytes();
    database.query("CREATE TABLE some_wal AS SELECT generate_series(1, 10000)");
    long after = lagBytes();
    database.query("DROP TABLE some_wal");
    database.query("SELECT pg_replication_slot_advance('outbox_slot', pg_current_wal_lsn())");

    assertThat(after).isGreaterThan(before + 100_000);
    assertThat(lagBytes()).isLessThan(10_000);
  }

  @Test
  void rows_are_counted_and_the_oldest_tells_its_age() {
    assertThat(look().rows()).isZero();
    assertThat(look().oldestRow()).isZero();
    for (String age : new String[] {"1 minute", "1 hour"}) {
      database.query(
          "INSERT INTO outbox (id, topic, aggregate_id, type, payload, stream, revision,"
              + " log_position, correlation_id, tenant, partition, created_at) VALUES"
              + " (gen_random_uuid(), 't', 'a', 'T', '', 's-1', 0, 1, 'c', 'default', 0,"
              + " now() - interval '"
              + age
              + "')");
    }
    assertThat(look().rows()).isEqualTo(2);
    assertThat(look().oldestRow()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
  }

  private OutboxCondition look() {
    return await(watch.look());
  }

  private long lagBytes() {
    return ((Slot.Held) look().slot()).lagBytes();
  }

  private record Settings() implements OutboxConfig {
    @Override
    public String slot() {
      return "outbox_slot";
    }

    @Override
    public Duration cleanEvery() {
      return Duration.ofHours(1);
    }

    @Override
    public int republishedRowsMost() {
      return 1;
    }

    @Override
    public int republishBatch() {
      return 1;
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
