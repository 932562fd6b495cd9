package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.Upcaster;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RepairOutcome;
import io.kiroku.projection.engine.RepairOutcome.Freed;
import io.kiroku.projection.engine.RepairOutcome.NotParked;
import io.kiroku.projection.engine.RepairOutcome.ParkedElsewhere;
import io.kiroku.projection.engine.RepairOutcome.StillParked;
import io.kiroku.projection.engine.Skip;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What operators do with parked streams, whatever else happens to them.
class RepairsTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private List<ParkedStream> markers() {
    return bench.store.parked().all().await().atMost(SOON);
  }

  private ProjectionRunner parked() {
    ProjectionRunner runner = bench.poison(NEVER);
    await()
        .atMost(SOON)
        .until(() -> !markers().isEmpty() && markers().getFirst().highestSeen() == 2);
    return runner;
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  @Test
  void a_retry_that_fails_counts_one_attempt_and_one_that_works_frees_the_stream() {
    ProjectionRunner runner = parked();
    assertThat(now(runner.repairs().retry(account(1))))
        .isInstanceOfSatisfying(
            StillParked.class, it -> assertThat(it.parked().attempts()).isEqualTo(2));
    bench.balances.poisonous = false;
    assertThat(now(runner.repairs().retry(account(1)))).isEqualTo(new Freed());
    assertThat(bench.sum(account(1))).isEqualTo(12);
    assertThat(now(runner.repairs().retry(account(1)))).isEqualTo(new NotParked());
  }

  @Test
  void a_skipped_event_is_passed_over_and_recorded_with_who_and_why() {
    ProjectionRunner runner = parked();
    assertThat(now(runner.repairs().skip(account(1), 1, "root", "a typing error")))
        .isEqualTo(new Freed());
    assertThat(bench.sum(account(1))).isEqualTo(12);
    assertThat(now(runner.repairs().skipped()))
        .singleElement()
        .satisfies(skip -> {
          assertThat(skip.stream()).isEqualTo(account(1));
          assertThat(List.of(skip.from(), skip.through())).containsExactly(1L, 1L);
          assertThat(List.of(skip.actor(), skip.reason()))
              .containsExactly("root", "a typing error");
          assertThat(skip.error()).contains("cannot digest this");
        });
    bench.append(account(1), new Credited(1));
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(13);
  }

  @Test
  void an_event_that_nobody_can_read_can_be_skipped_too() {
    ProjectionRunner runner = bench.run(bench.store, bench.feeds, NEVER);
    bench.appendUnknown(account(1));
    bench.append(account(1), new Credited(7));
    await().atMost(SOON).until(() -> !markers().isEmpty());
    assertThat(now(runner.repairs().skip(account(1), 0, "root", "from a test")))
        .isEqualTo(new Freed());
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(7);
  }

  @Test
  void an_event_that_only_a_newer_release_can_read_is_applied_by_a_retry_there() {
    ProjectionRunner older = bench.run(bench.store, bench.feeds, NEVER);
    bench.append(account(1), new Credited(5));
    bench.appendUnknown(account(1));
    bench.append(account(1), new Credited(7));
    await()
        .atMost(SOON)
        .until(() -> !markers().isEmpty() && markers().getFirst().highestSeen() == 2);
    older.close();

    bench.balances.upcasters =
        Upcasters.of(
            new Upcaster("from-the-future.v9", "credited.v1", data -> data.put("amount", 30)));
    ProjectionRunner newer = bench.run(bench.store, bench.feeds, NEVER);

    assertThat(now(newer.repairs().retry(account(1)))).isEqualTo(new Freed());
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(42);
  }

  @Test
  void a_second_failing_event_parks_the_stream_anew_with_attempts_of_its_own() {
    ProjectionRunner runner = parked();
    now(runner.repairs().retry(account(1)));
    bench.append(account(1), new Noted("poison"));
    bench.append(account(1), new Credited(1));
    await().atMost(SOON).until(() -> markers().getFirst().highestSeen() == 4);
    assertThat(now(runner.repairs().skip(account(1), 1, "root", "first")))
        .isInstanceOfSatisfying(
            StillParked.class,
            it -> {
              assertThat(it.parked().revision()).isEqualTo(3);
              assertThat(it.parked().attempts()).isEqualTo(1);
            });
    assertThat(now(runner.repairs().skip(account(1), 1, "root", "stale")))
        .isInstanceOf(ParkedElsewhere.class);
    assertThat(bench.sum(account(1))).isEqualTo(12);
  }

  @Test
  void a_dropped_queue_is_passed_over_and_what_comes_later_is_applied() {
    ProjectionRunner runner = parked();
    assertThat(now(runner.repairs().drop(account(1), 1, "root", "a test's orders")))
        .isEqualTo(new Freed());
    assertThat(bench.sum(account(1))).isEqualTo(5);
    bench.append(account(1), new Credited(100));
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(105);
  }

  @Test
  void operators_retries_and_new_events_at_the_same_time_lose_and_double_nothing() {
    ProjectionRunner one = bench.poison(Duration.ofMillis(10));
    ProjectionRunner two =
        bench.run(bench.store, new RoughFeeds(bench.events, 5), Duration.ofMillis(10));
    await().atMost(SOON).until(() -> !markers().isEmpty());
    List<Uni<RepairOutcome>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add((i % 2 == 0 ? one : two).repairs().retry(account(1)));
      all.add((i % 3 == 0 ? one : two).repairs().skip(account(1), 1, "root", "race"));
      bench.append(account(1), new Credited(1));
    }
    now(Uni.join().all(all).andFailFast());
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(32);
    await().atMost(SOON).until(() -> markers().isEmpty());
    assertThat(now(one.repairs().skipped())).extracting(Skip::from).containsExactly(1L);
  }

  @Test
  void what_was_seen_during_a_failing_retry_stays_seen() {
    var stored = bench.store.parked();
    Instant later = Instant.parse("2026-11-28T10:00:00Z");
    var before = new ParkedStream(account(1), 1, 2, "no", 1, later);
    now(stored.add(before));
    now(stored.seen(account(1), 7));
    var after = new ParkedStream(account(1), 1, 2, "no", 2, null);
    assertThat(now(stored.replace(before, after))).isTrue();
    assertThat(markers().getFirst().highestSeen()).isEqualTo(7);
    assertThat(now(stored.replace(before, null))).as("a stale free").isFalse();
    assertThat(now(stored.replace(after, null))).as("7 is not applied").isFalse();
    assertThat(now(stored.replace(markers().getFirst(), null))).isTrue();
  }
}
