package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static io.kiroku.projection.Workbench.bonus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Closed;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import io.kiroku.projection.engine.Gap;
import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever the ways of delivery do, each event has its effect once, in its stream's order.
class DeliveriesTest {
  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void trap_19_repeated_and_reordered_deliveries_are_counted_once() {
    ProjectionRunner runner = bench.run();
    for (int round = 1; round <= 30; round++) {
      for (int number = 0; number < 10; number++) {
        bench.append(account(number), new Credited(round));
      }
    }
    for (int number = 0; number < 10; number++) {
      bench.awaitShown(account(number));
      assertThat(bench.sum(account(number))).isEqualTo(30 * 31 / 2);
    }
    assertThat(runner.status().counters().applied()).isEqualTo(300);
    assertThat(runner.status().counters().repeated()).isPositive();
  }

  @Test
  void a_gap_is_filled_from_the_stream_itself() {
    bench.feeds.swallowed = event -> event.revision() < 4;
    ProjectionRunner runner = bench.run(bench.store, bench.feeds, Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      bench.append(account(1), new Credited(10));
    }
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(50);
    assertThat(runner.status().counters().applied()).isEqualTo(5);
  }

  @Test
  void streams_of_one_document_do_not_disturb_each_other() {
    bench.run();
    for (int i = 0; i < 50; i++) {
      bench.append(account(1), new Credited(1));
      bench.append(bonus(1), new Credited(100));
    }
    bench.awaitShown(account(1), bonus(1));
    assertThat(bench.sum(account(1))).isEqualTo(50);
    assertThat(bench.sum(bonus(1))).isEqualTo(5000);
  }

  @Test
  void two_replicas_share_the_work_and_count_nothing_twice() {
    ProjectionRunner one = bench.run();
    ProjectionRunner two = bench.run(bench.store, bench.events, Duration.ofMillis(50));
    for (int i = 0; i < 60; i++) {
      bench.append(account(i % 3), new Credited(1));
    }
    bench.awaitShown(account(0), account(1), account(2));
    for (int number = 0; number < 3; number++) {
      assertThat(bench.sum(account(number))).isEqualTo(20);
    }
    assertThat(one.status().counters().applied() + two.status().counters().applied()).isEqualTo(60);
  }

  @Test
  void trap_29_a_redelivery_does_not_bring_a_deleted_document_back() {
    bench.run();
    bench.append(account(1), new Credited(10));
    bench.append(account(1), new Closed());
    bench.awaitShown(account(1));
    // Nobody has acknowledged anything: everything comes again, to somebody who remembers nothing.
    bench.run(bench.store, new RoughFeeds(bench.events, 7), Duration.ofMillis(50));
    bench.append(account(2), new Credited(1));
    bench.awaitShown(account(2));
    assertThat(bench.stored(account(1))).containsEntry("deleted", true).doesNotContainKey("sum");
  }

  @Test
  void a_gap_is_filled_from_the_stream_and_told() {
    bench.append(account(1), new Credited(1));
    bench.append(account(1), new Credited(2));
    // As if both had been applied, and their document was lost: the third is all that comes.
    bench.store.moveWatermark(bench.events.head().await().atMost(SOON)).await().atMost(SOON);
    bench.append(account(1), new Credited(3));
    var runner = bench.run(bench.store, new InMemoryEventStore(), Duration.ofMillis(50));
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(6);
    await().atMost(SOON).until(() -> runner.status().counters().applied() == 3);
    assertThat(runner.status().counters().gapFilled()).isEqualTo(3);
    assertThat(runner.status().counters().lastGap()).isEqualTo(new Gap(account(1), 0, 2));
  }

  @Test
  void an_event_that_changes_nothing_moves_the_revision_too() {
    bench.run();
    bench.append(account(1), new Noted("first"));
    bench.awaitShown(account(1));
    bench.append(account(1), new Credited(3));
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(3);
  }

  @Test
  void trap_21_nothing_is_acknowledged_before_its_effect_is_durable() {
    Map<StreamId, Long> durable = new ConcurrentHashMap<>();
    List<RecordedEvent> tooEarly = new ArrayList<>();
    List<RecordedEvent> acknowledged = new ArrayList<>();
    bench.feeds.onAck =
        events -> {
          acknowledged.addAll(events);
          events.stream()
              .filter(event -> durable.getOrDefault(event.stream(), -1L) < event.revision())
              .forEach(tooEarly::add);
        };
    var watched = new WatchedStore(bench.store, (write, outcome) -> note(durable, write, outcome));
    bench.run(watched, bench.feeds, Duration.ofMillis(50));
    for (int i = 0; i < 40; i++) {
      bench.append(account(i % 4), new Credited(1));
    }
    bench.awaitShown(account(0), account(1), account(2), account(3));
    await().atMost(SOON).until(() -> acknowledged.size() >= 40);
    assertThat(tooEarly).isEmpty();
  }

  @Test
  void after_a_pause_an_event_is_taken_at_once_and_those_after_it_linger() {
    List<RecordedEvent> acknowledged = new CopyOnWriteArrayList<>();
    bench.feeds.onAck = acknowledged::addAll;
    bench.balances.linger = Duration.ofHours(1);
    bench.run();
    bench.append(account(1), new Credited(1));
    await().atMost(SOON).until(() -> acknowledged.size() == 1);
    bench.append(account(1), new Credited(2));
    // Not by the subscription, which lingers, but by the reader of the log behind it.
    bench.awaitShown(account(1));
    assertThat(acknowledged).extracting(RecordedEvent::revision).containsExactly(0L);
  }

  @Test
  void nobody_who_waits_for_what_he_wrote_is_kept_by_a_read_model_that_lingers() {
    List<RecordedEvent> acknowledged = new CopyOnWriteArrayList<>();
    bench.feeds.onAck = acknowledged::addAll;
    bench.balances.linger = Duration.ofHours(1);
    ProjectionRunner runner = bench.run();
    bench.append(account(1), new Credited(1));
    await().atMost(SOON).until(() -> acknowledged.size() == 1);
    bench.append(account(1), new Credited(2));
    long neverWritten = 2;
    var waiting = runner.await(account(1), neverWritten, SOON).subscribe().asCompletionStage();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(acknowledged).extracting(RecordedEvent::revision).contains(1L));
    waiting.cancel(false);
  }

  private static void note(Map<StreamId, Long> durable, GuardedWrite write, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Written) {
      durable.merge(write.slot().stream(), write.next().revision(), Math::max);
    }
  }
}
