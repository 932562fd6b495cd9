package io.kiroku.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLedgerTest {
  private static final int MOST = 100;

  private static UUID id(long number) {
    return CommandIds.commandId("default", "alice", "key " + number);
  }

  private static String hash(long number) {
    return CommandIds.requestHash(("request " + number).getBytes(StandardCharsets.UTF_8));
  }

  private static CommandLedger ledger(int commands) {
    CommandLedger ledger = new CommandLedger(MOST);
    LongStream.range(0, commands).forEach(number -> add(ledger, number));
    return ledger;
  }

  /// Each command has two events.
  private static void add(CommandLedger ledger, long number) {
    ledger.add(id(number), hash(number), 2 * number);
    ledger.add(id(number), hash(number), 2 * number + 1);
  }

  private static SeenCommand seen(long number) {
    return new SeenCommand(hash(number), 2 * number, 2 * number + 1);
  }

  @Test
  void what_was_packed_is_found_again() {
    CommandLedger unpacked = CommandLedger.unpacked(ledger(80).packed(), MOST);

    LongStream.range(0, 80)
        .forEach(number -> assertThat(unpacked.get(id(number))).isEqualTo(seen(number)));
    assertThat(unpacked.get(id(80))).isNull();
    assertThat(unpacked.size()).isEqualTo(80);
    assertThat(unpacked.forgottenBefore()).isZero();
  }

  @Test
  void many_snapshots_one_after_the_other_lose_only_what_is_forgotten() {
    CommandLedger often = ledger(0);
    for (long number = 0; number < 777; number++) {
      add(often, number);
      if (number % 7 == 0) {
        often = CommandLedger.unpacked(often.packed(), MOST);
      }
      assertThat(often.get(id(number))).isEqualTo(seen(number));
    }

    assertThat(often.size()).isBetween(MOST, MOST + MOST / 10 + 1);
    for (long number = 0; number < 777; number++) {
      boolean forgotten = 2 * number < often.forgottenBefore();
      assertThat(often.get(id(number))).isEqualTo(forgotten ? null : seen(number));
    }
  }

  @Test
  void a_smaller_memory_forgets_the_eldest_of_a_snapshot() {
    CommandLedger smaller = CommandLedger.unpacked(ledger(80).packed(), 10);

    assertThat(smaller.size()).isEqualTo(10);
    assertThat(smaller.forgottenBefore()).isEqualTo(140);
    assertThat(smaller.get(id(69))).isNull();
    assertThat(smaller.get(id(70))).isEqualTo(seen(70));
  }

  @Test
  void a_command_without_a_proper_hash_is_never_taken_for_the_same_request() {
    CommandLedger ledger = new CommandLedger(MOST);
    ledger.add(id(1), "", 0);

    SeenCommand seen = CommandLedger.unpacked(ledger.packed(), MOST).get(id(1));

    assertThat(seen).isNotNull().returns(false, command -> command.hasHash(hash(1)));
  }
}
