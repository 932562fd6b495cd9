package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Comparison;
import io.kiroku.projection.rebuild.Ended;
import io.kiroku.projection.rebuild.Phase;
import io.kiroku.projection.rebuild.ProjectionBuilds;
import io.kiroku.projection.rebuild.Rebuild;
import io.kiroku.projection.rebuild.RebuildRefused;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A read model is built anew while it answers queries, and whatever goes wrong it goes on
/// answering.
class RebuildTest {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final int ACCOUNTS = 8;

  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void credit(int events) {
    for (int i = 0; i < events; i++) {
      bench.append(account(i % ACCOUNTS), new Credited(1));
    }
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  private ProjectionBuilds live() {
    ProjectionBuilds instance = bench.builds(LEASE);
    await().atMost(SOON).until(() -> instance.live().isPresent());
    return instance;
  }

  private Builds state() {
    return now(bench.buildStore.builds(bench.balances));
  }

  private Rebuild next() {
    return Objects.requireNonNull(state().next());
  }

  private Ended awaitEnd() {
    await().atMost(SOON).until(() -> state().next() == null);
    return Objects.requireNonNull(state().ended());
  }

  private Comparison awaitWaiting() {
    await().atMost(SOON).until(() -> next().phase() == Phase.WAITING);
    return Objects.requireNonNull(next().comparison());
  }

  private Build build(int number) {
    return new Build(bench.balances, number);
  }

  private void awaitSum(Build build, int number, long sum) {
    await().atMost(SOON).until(() -> bench.sum(build, account(number)) == sum);
  }

  private static String liveId(ProjectionBuilds instance) {
    return instance.live().map(ProjectionRunner::projection).map(Projection::id).orElse("none");
  }

  @Test
  void trap_08_the_live_build_goes_on_until_queries_change_over_to_a_whole_one() {
    ProjectionBuilds instance = live();
    credit(100 * ACCOUNTS);
    awaitSum(build(1), 0, 100);
    var _ = now(instance.changes().rebuild("root", false));
    long before = 100;
    int round = 0;
    while (state().next() != null) {
      credit(ACCOUNTS);
      round++;
      long live = bench.sum(build(state().live()), account(0));
      assertThat(live).as("never fewer than what was shown before").isGreaterThanOrEqualTo(before);
      before = state().live() == 1 ? live : before;
      assertThat(round).isLessThan(2_000);
    }
    Ended ended = awaitEnd();
    assertThat(ended.switched()).isTrue();
    assertThat(round).as("events came during the rebuild").isPositive();
    Comparison comparison = Objects.requireNonNull(ended.rebuild().comparison());
    assertThat(comparison.nextDocuments()).isEqualTo(ACCOUNTS);
    assertThat(comparison.compared()).isPositive();
    assertThat(comparison.differing()).isZero();
    await().atMost(SOON).until(() -> liveId(instance).equals("balances-v1-b2"));
    credit(ACCOUNTS);
    awaitSum(build(2), 0, 101 + round);
    awaitSum(build(1), 0, 101 + round); // kept up to date
  }

  @Test
  void a_mended_projection_differs_and_can_be_rolled_back_and_forth() {
    ProjectionBuilds instance = live();
    credit(10 * ACCOUNTS);
    for (int number = 0; number < ACCOUNTS; number++) {
      awaitSum(build(1), number, 10);
    }
    bench.balances.factor = 3;
    var _ = now(instance.changes().rebuild("root", true));
    Comparison found = awaitWaiting();
    assertThat(found.differing()).isEqualTo(found.compared()).isEqualTo(ACCOUNTS);
    assertThat(found.examples()).contains("a0 account@9");
    assertThat(liveId(instance)).isEqualTo("balances-v1");
    assertThat(now(instance.changes().switchOver("root")).live()).isEqualTo(2);
    await().atMost(SOON).until(() -> liveId(instance).equals("balances-v1-b2"));
    assertThat(bench.sum(build(2), account(0))).isEqualTo(30);
    var _ = now(instance.changes().rollback());
    await().atMost(SOON).until(() -> liveId(instance).equals("balances-v1"));
    credit(ACCOUNTS);
    awaitSum(build(1), 0, 13);
    awaitSum(build(2), 0, 33);
    assertThat(now(instance.changes().rollback()).live()).isEqualTo(2);
  }

  @Test
  void a_build_with_more_parked_streams_waits_for_an_operator() {
    ProjectionBuilds instance = live();
    credit(2 * ACCOUNTS);
    bench.append(account(1), new Noted("poison"));
    awaitSum(build(1), 1, 2);
    await().atMost(SOON).until(() -> bench.isShown(account(1)));
    bench.balances.poisonous = true;
    var _ = now(instance.changes().rebuild("root", false));
    assertThat(awaitWaiting().nextParked()).isEqualTo(1);
    assertThat(state().live()).isEqualTo(1);
    assertThat(now(instance.changes().switchOver("root")).live()).isEqualTo(2);
  }

  @Test
  void a_cancelled_rebuild_leaves_nothing_behind() {
    ProjectionBuilds instance = live();
    credit(50);
    var _ = now(instance.changes().rebuild("root", true));
    var _ = awaitWaiting();
    var _ = now(instance.changes().cancel("root"));
    assertThat(awaitEnd().switched()).isFalse();
    await().atMost(SOON).untilAsserted(() -> assertThat(isCleared(build(2))).isTrue());
    assertThat(now(bench.buildStore.count(build(1)))).isEqualTo(ACCOUNTS);
    assertThat(now(instance.changes().rebuild("root", true)).highest())
        .as("a new number")
        .isEqualTo(3);
  }

  private boolean isCleared(Build build) {
    boolean groupGone;
    try {
      bench.events.open(build.id()).close();
      groupGone = false;
    } catch (IllegalArgumentException e) {
      groupGone = true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return groupGone
        && now(bench.buildStore.count(build)) == 0
        && now(bench.mongo.store(build).watermark()) == -1;
  }

  @Test
  void a_rebuild_whose_builder_was_killed_is_gone_on_with_by_another() {
    ProjectionBuilds first = bench.builds(Duration.ofMillis(500));
    await().atMost(SOON).until(() -> first.live().isPresent());
    credit(600 * ACCOUNTS);
    awaitSum(build(1), 0, 600);
    var _ = now(first.changes().rebuild("root", true));
    var begun = bench.mongo.store(build(2));
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> now(begun.watermark()) > 0 && next().figures().events() > 0);
    first.close(); // as a kill does: nobody says goodbye
    long before = next().figures().events();
    assertThat(before).as("killed in the middle").isLessThan(600 * ACCOUNTS);

    ProjectionBuilds second = bench.builds(Duration.ofMillis(500));
    assertThat(awaitWaiting().compared()).isEqualTo(ACCOUNTS);
    assertThat(next().number()).isEqualTo(2);
    assertThat(next().figures().events()).as("counted on").isGreaterThan(before);
    var _ = now(second.changes().switchOver("root"));
    await().atMost(SOON).until(() -> liveId(second).equals("balances-v1-b2"));
    assertThat(bench.sum(build(2), account(0))).isEqualTo(600);
  }

  @Test
  void one_instance_builds_and_all_share_the_work_afterwards() {
    ProjectionBuilds one = live();
    ProjectionBuilds two = live();
    credit(20 * ACCOUNTS);
    var _ = now(two.changes().rebuild("root", true));
    var _ = awaitWaiting();
    assertThat(Stream.of(one, two).flatMap(it -> it.running().stream()))
        .extracting(runner -> runner.projection().id())
        .containsExactlyInAnyOrder("balances-v1", "balances-v1", "balances-v1-b2");
    var _ = now(one.changes().switchOver("root"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(Stream.of(one, two).map(RebuildTest::liveId).toList())
                .isEqualTo(List.of("balances-v1-b2", "balances-v1-b2")));
    var _ = now(two.changes().dropKept());
    await().atMost(SOON).untilAsserted(() -> assertThat(isCleared(build(1))).isTrue());
    credit(ACCOUNTS);
    awaitSum(build(2), 0, 21);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    ProjectionBuilds instance = live();
    for (Uni<Builds> senseless :
        List.of(
            instance.changes().switchOver("root"),
            instance.changes().cancel("root"),
            instance.changes().rollback(),
            instance.changes().dropKept())) {
      assertThatThrownBy(() -> now(senseless)).isInstanceOf(RebuildRefused.class);
    }
    var begun = now(instance.changes().rebuild("root", true));
    assertThat(now(instance.changes().rebuild("other", false)).highest())
        .isEqualTo(begun.highest());
  }
}
