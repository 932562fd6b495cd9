package io.kiroku.projection;

import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.AuditProgress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Ended;
import io.kiroku.projection.rebuild.ProjectionBuilds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database answers late, or not at all, while events come and while a read model is built
/// anew. It costs time, and nothing else: what is shown in the end is what the log says.
class DatabaseTroubleTest {
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int ACCOUNTS = 10;

  private final Workbench bench = new Workbench();
  private final List<Long> watermarks = new ArrayList<>();
  private int credited;

  @AfterEach
  void close() {
    bench.close();
  }

  private void credit() {
    credited++;
    for (int number = 0; number < ACCOUNTS; number++) {
      bench.append(account(number), new Credited(1));
    }
  }

  private void awaitAllShown(ProjectionRunner runner) {
    long head = bench.events.head().await().atMost(WAIT);
    await().atMost(WAIT).ignoreExceptions().until(() -> watermark() == head);
    for (int number = 0; number < ACCOUNTS; number++) {
      assertThat(bench.sum(account(number))).isEqualTo(credited);
    }
    AuditProgress audit =
        runner.auditor().everything().collect().asList().await().atMost(WAIT).getLast();
    assertThat(audit.streams()).isEqualTo(ACCOUNTS);
    assertThat(audit.differing()).isZero();
    assertThat(runner.status().counters().parked()).isZero();
    assertThat(watermarks).isSorted();
  }

  private long watermark() {
    long position = bench.store.watermark().await().atMost(WAIT);
    watermarks.add(position);
    return position;
  }

  @Test
  void answers_that_take_two_seconds_cost_time_and_nothing_else() {
    ProjectionRunner runner = bench.run();
    credit();
    awaitAllShown(runner);
    bench.mongo.link().delay(SLOW);
    long before = runner.status().counters().applied();
    for (int i = 0; i < 50; i++) {
      credit();
    }
    await().atMost(WAIT).until(() -> runner.status().counters().applied() > before + ACCOUNTS);
    bench.mongo.link().heal();
    credit();
    awaitAllShown(runner);
  }

  @Test
  void trap_28_a_database_that_refuses_under_load_is_waited_for_and_followed_again() {
    ProjectionRunner runner = bench.run();
    credit();
    awaitAllShown(runner);
    for (int outage = 0; outage < 5; outage++) {
      credit();
      bench.mongo.link().refuse();
      credit();
      await().atMost(WAIT).until(() -> runner.status().state() instanceof ProjectionState.Waiting);
      credit();
      bench.mongo.link().heal();
      awaitAllShown(runner);
    }
  }

  @Test
  void trap_08_a_rebuild_outlives_a_database_that_is_slow_and_then_refuses() {
    ProjectionBuilds instance = bench.builds(Duration.ofSeconds(5));
    await().atMost(WAIT).until(() -> instance.live().isPresent());
    for (int i = 0; i < 30; i++) {
      credit();
    }
    var _ = instance.changes().rebuild("root", false).await().atMost(WAIT);
    ProjectionRunner live = instance.live().orElseThrow();
    bench.mongo.link().delay(SLOW);
    long before = live.status().counters().applied();
    credit();
    await().atMost(WAIT).until(() -> live.status().counters().applied() > before);
    assertThat(builds().next()).as("still being built").isNotNull();
    bench.mongo.link().refuse();
    credit();
    await().atMost(WAIT).until(() -> live.status().state() instanceof ProjectionState.Waiting);
    credit();
    bench.mongo.link().heal();
    Ended ended = awaitEnd();
    assertThat(ended.switched()).isTrue();
    assertThat(Objects.requireNonNull(ended.rebuild().comparison()).differing()).isZero();
    credit();
    awaitSums(1);
    awaitSums(2);
  }

  @Test
  void a_database_that_forgets_everything_during_a_rebuild_is_filled_again() {
    ProjectionBuilds instance = bench.builds(Duration.ofSeconds(5));
    await().atMost(WAIT).until(() -> instance.live().isPresent());
    for (int i = 0; i < 30; i++) {
      credit();
    }
    bench.mongo.link().delay(Duration.ofMillis(100)); // so that the rebuild is still going on
    var _ = instance.changes().rebuild("root", false).await().atMost(WAIT);
    bench.mongo.goAway();
    credit();
    bench.mongo.comeBackEmpty();
    bench.mongo.link().heal();
    credit();
    awaitSums(1);
    var _ = instance.changes().rebuild("root", false).await().atMost(WAIT);
    assertThat(awaitEnd().switched()).isTrue();
    awaitSums(builds().live());
  }

  private void awaitSums(int number) {
    Build build = new Build(bench.balances, number);
    for (int one = 0; one < ACCOUNTS; one++) {
      int account = one;
      await()
          .atMost(WAIT)
          .ignoreExceptions()
          .until(() -> bench.sum(build, account(account)) == credited);
    }
  }

  private Builds builds() {
    return bench.buildStore.builds(bench.balances).await().atMost(WAIT);
  }

  private Ended awaitEnd() {
    await().atMost(WAIT).ignoreExceptions().until(() -> builds().next() == null);
    return Objects.requireNonNull(builds().ended());
  }
}
