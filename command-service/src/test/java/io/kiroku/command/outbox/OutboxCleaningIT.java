package io.kiroku.command.outbox;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What may be deleted, with real replication slots: one that confirms what it is told to.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxCleaningIT {
  private static final String SLOT = "outbox_slot";
  private static final TestDatabase database = TestDatabase.start();

  private final OutboxCleaning cleaning = new OutboxCleaning(database.pool, SLOT);

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.query("TRUNCATE outbox, outbox_mark, outbox_republication_mark");
    database.query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
  }

  @Test
  void rows_that_the_slot_has_passed_go_and_those_beyond_it_stay() {
    createSlot(SLOT);
    commit(1, 2);
    mark(2);
    commit(3, 4);
    mark(4);
    confirmUpToMark(2);

    assertThat(await(cleaning.sweep())).isEqualTo(2);

    assertThat(positions("outbox")).containsExactly(3L, 4L);
    assertThat(positions("outbox_mark")).containsExactly(4L);
  }

  @Test
  void the_rest_goes_once_the_slot_has_passed_it_too() {
    createSlot(SLOT);
    commit(1);
    mark(1);
    commit(2);
    mark(2);
    confirmUpToMark(1);
    int first = await(cleaning.sweep());
    int nothingNew = await(cleaning.sweep());
    confirmUpToMark(2);

    assertThat(List.of(first, nothingNew, await(cleaning.sweep()))).containsExactly(1, 0, 1);
    assertThat(positions("outbox")).isEmpty();
    assertThat(positions("outbox_mark")).isEmpty();
  }

  @Test
  void a_slot_that_is_one_byte_short_of_the_mark_keeps_all() {
    createSlot(SLOT);
    commit(1);
    mark(1);
    database.query(
        "SELECT pg_replication_slot_advance('outbox_slot', lsn - 1::numeric) FROM outbox_mark");

    assertThat(await(cleaning.sweep())).isZero();
    assertThat(positions("outbox")).containsExactly(1L);
  }

  @Test
  void a_slot_that_has_confirmed_nothing_keeps_all() {
    createSlot(SLOT);
    commit(1);
    mark(1);

    assertThat(await(cleaning.sweep())).isZero();
    assertThat(positions("outbox")).containsExactly(1L);
  }

  @Test
  void rows_after_the_last_mark_stay_wherever_the_slot_is() {
    createSlot(SLOT);
    commit(1);
    mark(1);
    commit(2);
    confirmEverything(SLOT);

    assertThat(await(cleaning.sweep())).isEqualTo(1);
    assertThat(positions("outbox")).containsExactly(2L);
  }

  @Test
  void without_a_slot_nothing_is_deleted() {
    commit(1);
    mark(1);

    assertThat(await(cleaning.sweep())).isZero();
    assertThat(positions("outbox")).containsExactly(1L);
  }

  @Test
  void what_another_slot_has_confirmed_does_not_count() {
    createSlot(SLOT);
    createSlot("of_somebody_else");
    commit(1);
    mark(1);
    confirmEverything("of_somebody_else");

    assertThat(await(cleaning.sweep())).isZero();
    assertThat(positions("outbox")).containsExactly(1L);
  }

  @Test
  void what_is_sent_again_stays_until_the_slot_has_passed_it_although_its_position_is_old() {
    createSlot(SLOT);
    commit(1, 2);
    mark(2);
    confirmEverything(SLOT);
    commitAgain(1);

    assertThat(await(cleaning.sweep())).isEqualTo(1);
    assertThat(positions("outbox")).containsExactly(1L);

    confirmEverything(SLOT);
    assertThat(await(cleaning.sweep())).isEqualTo(1);
    assertThat(positions("outbox")).isEmpty();
    assertThat(database.number("SELECT count(*) FROM outbox_republication_mark")).isZero();
  }

  @Test
  void of_several_batches_that_are_sent_again_those_go_that_the_slot_has_passed() {
    createSlot(SLOT);
    commitAgain(1);
    int first = await(cleaning.sweepRepublished());
    confirmEverything(SLOT);
    commitAgain(2);
    int second = await(cleaning.sweepRepublished());

    assertThat(List.of(first, second)).containsExactly(0, 1);
    assertThat(positions("outbox")).containsExactly(2L);
  }

  private static void commitAgain(long position) {
    database.query("DELETE FROM outbox WHERE log_position = " + position);
    commit(position);
    database.query(
        "UPDATE outbox SET republication = nextval('outbox_republication')"
            + " WHERE log_position = "
            + position);
  }

  private static void createSlot(String name) {
    database.query("SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
  }

  private static void commit(long... positions) {
    for (long position : positions) {
      database.query(
          "INSERT INTO outbox (id, topic, aggregate_id, type, payload, stream, revision,"
              + " log_position, correlation_id, tenant, partition) VALUES (gen_random_uuid(), 't',"
              + " 'a', 'T', '', 's-1', 0, %d, 'c', 'default', 0)".formatted(position));
    }
  }

  private void mark(long position) {
    await(cleaning.mark(position));
  }

  private static void confirmUpToMark(long position) {
    database.query(
        "SELECT pg_replication_slot_advance('outbox_slot', lsn) FROM outbox_mark"
            + " WHERE log_position = "
            + position);
  }

  private static void confirmEverything(String slot) {
    database.query("SELECT pg_replication_slot_advance('" + slot + "', pg_current_wal_lsn())");
  }

  private static List<Long> positions(String table) {
    List<Long> positions = new ArrayList<>();
    database
        .query("SELECT log_position FROM " + table + " ORDER BY 1")
        .forEach(row -> positions.add(row.getLong(0)));
    return positions;
  }
}
