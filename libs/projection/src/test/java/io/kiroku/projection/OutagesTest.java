package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Dependencies go away and come back, programs die: nothing is lost, nothing needs a hand.
class OutagesTest {
  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void creditAll() {
    creditAll(bench);
  }

  private static void creditAll(Workbench bench) {
    for (int number = 0; number < 5; number++) {
      bench.append(account(number), new Credited(10));
    }
  }

  private void awaitAllShow(long sum) {
    awaitAllShow(bench, sum);
  }

  private static void awaitAllShow(Workbench bench, long sum) {
    for (int number = 0; number < 5; number++) {
      bench.awaitShown(account(number));
      assertThat(bench.sum(account(number))).isEqualTo(sum);
    }
  }

  @Test
  void a_restart_rereads_from_the_watermark_what_was_acknowledged_and_lost() {
    ProjectionRunner first = bench.run();
    creditAll();
    awaitAllShow(10);
    first.close();
    // The next events are acknowledged by a member that dies before it has written anything.
    creditAll();
    var cursor = bench.events.open(bench.balances.id());
    cursor.ack(cursor.next(100).await().atMost(SOON));
    cursor.close();
    bench.run();
    awaitAllShow(20);
  }

  @Test
  void trap_28_a_database_that_is_away_for_a_while_needs_no_restart() {
    ProjectionRunner runner = bench.run();
    creditAll();
    awaitAllShow(10);
    await().atMost(SOON).until(() -> runner.status().watermark() >= 0);
    long watermark = runner.status().watermark();
    bench.mongo.goAway();
    creditAll();
    await().atMost(SOON).until(() -> runner.status().counters().reconnects() > 1);
    assertThat(runner.status().state()).isInstanceOf(ProjectionState.Waiting.class);
    assertThat(runner.status().watermark()).isGreaterThanOrEqualTo(watermark);
    creditAll();
    // It has even forgotten everything: watermark, documents, indexes.
    bench.mongo.comeBackEmpty();
    awaitAllShow(30);
    await().atMost(SOON).until(() -> runner.status().state() instanceof ProjectionState.Following);
    assertThat(runner.status().counters().parked()).isZero();
  }

  /// It is away for a moment in which nothing is written; the driver has time enough to repeat what
  /// was being read, so that nothing fails.
  @Test
  void trap_28_a_database_that_forgot_while_nobody_looked_is_filled_again() {
    try (Workbench patient = new Workbench(SOON)) {
      ProjectionRunner runner = patient.run();
      creditAll(patient);
      awaitAllShow(patient, 10);
      for (int times = 0; times < 3; times++) {
        patient.mongo.goAway();
        patient.mongo.comeBackEmpty();
        awaitAllShow(patient, 10);
      }
      assertThat(runner.status().counters().parked()).isZero();
    }
  }

  @Test
  void a_watermark_beyond_the_end_of_the_log_stops_the_projection_loudly() {
    bench.append(account(1), new Credited(1));
    long head = bench.events.head().await().atMost(SOON);
    bench.store.moveWatermark(head + 1).await().atMost(SOON);
    ProjectionRunner runner = bench.run();
    await().atMost(SOON).until(() -> runner.status().state() instanceof ProjectionState.Stopped);
    assertThat(runner.status().state())
        .isEqualTo(
            new ProjectionState.Stopped(
                "Position %d is beyond the end of the log at %d".formatted(head + 1, head)));
  }

  @Test
  void the_watermark_never_goes_back() {
    bench.store.moveWatermark(500).await().atMost(SOON);
    bench.store.moveWatermark(400).await().atMost(SOON);
    assertThat(bench.store.watermark().await().atMost(SOON)).isEqualTo(500);
  }

  @Test
  void who_waits_is_woken_by_the_event_and_by_another_replicas_work() {
    ProjectionRunner runner = bench.run();
    // It sees another log, so it can learn of the event from the documents alone.
    var idle = bench.run(bench.store, new InMemoryEventStore(), Duration.ofHours(1));
    await().atMost(SOON).until(() -> runner.status().state() instanceof ProjectionState.Following);
    var here = runner.await(account(1), 0, SOON).subscribeAsCompletionStage();
    var there = idle.await(account(1), 0, SOON).subscribeAsCompletionStage();
    bench.append(account(1), new Credited(1));
    assertThat(here).succeedsWithin(SOON).isEqualTo(new Progress.Shown());
    assertThat(there).succeedsWithin(SOON).isEqualTo(new Progress.Shown());
    assertThat(runner.await(account(1), 1, Duration.ofMillis(50)).await().atMost(SOON))
        .isEqualTo(new Progress.Behind(account(1), 1, 0));
  }
}
