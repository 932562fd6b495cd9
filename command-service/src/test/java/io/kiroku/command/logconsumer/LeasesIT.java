package io.kiroku.command.logconsumer;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.command.database.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Two instances that both think they lead, on a real PostgreSQL.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeasesIT {
  private static final String CONSUMER = "publisher";
  private static final TestDatabase database = TestDatabase.start();

  private final Leases first = new Leases(database.pool, "first", Duration.ofMillis(300));
  private final Leases second = new Leases(database.pool, "second", Duration.ofMillis(300));

  @BeforeAll
  static void start() {
    database.query("CREATE TABLE work (id int)");
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.query("TRUNCATE work");
    database.query("UPDATE log_consumer SET checkpoint = -1, lease_until = '-infinity'");
  }

  @Test
  void only_one_gets_a_lease_that_runs() {
    assertThat(await(first.acquire(CONSUMER))).isPresent();
    assertThat(await(second.acquire(CONSUMER))).isEmpty();
  }

  @Test
  void a_released_lease_is_free_at_once() {
    await(first.release(await(first.acquire(CONSUMER)).orElseThrow()));
    assertThat(await(second.acquire(CONSUMER))).isPresent();
  }

  @Test
  void trap_26_a_paused_leader_that_wakes_up_writes_nothing() {
    Lease paused = await(first.acquire(CONSUMER)).orElseThrow();
    Lease taken = takenOver();
    await(second.advance(taken, 10));

    assertThatThrownBy(() ->
            await(
                database.pool.withTransaction(transaction ->
                    transaction
                        .query("INSERT INTO work VALUES (1)")
                        .execute()
                        .flatMap(_ -> first.advance(transaction, paused, 7)))))
        .isInstanceOf(LeaseLost.class);

    assertThat(database.number("SELECT count(*) FROM work")).isZero();
    assertThat(database.number("SELECT checkpoint FROM log_consumer WHERE consumer = 'publisher'"))
        .isEqualTo(10);
  }

  @Test
  void trap_26_a_leader_that_stands_still_inside_its_transaction_is_replaced_all_the_same() {
    Lease still = await(first.acquire(CONSUMER)).orElseThrow();
    Cancellable transaction =
        database
            .pool
            .withTransaction(
                begun -> first.advance(begun, still, 7).flatMap(_ -> Uni.createFrom().nothing()))
            .subscribe()
            .with(_ -> {}, _ -> {});

    Lease taken = takenOver();

    assertThat(taken.checkpoint()).isEqualTo(-1);
    assertThat(await(second.advance(taken, 10)).checkpoint()).isEqualTo(10);
    transaction.cancel();
  }

  @Test
  void trap_19_a_batch_that_was_done_is_not_done_again_from_an_old_checkpoint() {
    Lease lease = await(first.acquire(CONSUMER)).orElseThrow();
    await(first.advance(lease, 5));

    assertThatThrownBy(() -> await(first.advance(lease, 5))).isInstanceOf(LeaseLost.class);
  }

  @Test
  void an_old_leader_cannot_give_away_the_new_ones_lease() {
    Lease old = await(first.acquire(CONSUMER)).orElseThrow();
    Lease taken = takenOver();
    await(first.release(old));

    assertThat(await(second.advance(taken, 3)).checkpoint()).isEqualTo(3);
  }

  private Lease takenOver() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> await(second.acquire(CONSUMER)), Optional::isPresent)
        .orElseThrow();
  }
}
