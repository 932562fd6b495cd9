package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState.CatchingUp;
import io.kiroku.projection.engine.ProjectionState.Following;
import io.kiroku.projection.engine.ReadModelStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether a read model has ever shown all that there was, and that it is not forgotten.
class FirstCatchUpTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Workbench bench = new Workbench();
  private final CompletableFuture<Boolean> open = new CompletableFuture<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  /// Its writes wait until they are let through.
  private ProjectionRunner held() {
    ReadModelStore store = new WatchedStore(bench.store, bench.store.parked(), (_, _) -> {}, open);
    return bench.run(store, bench.feeds, NEVER);
  }

  private static void awaitFollowing(ProjectionRunner runner) {
    await().atMost(SOON).until(() -> runner.status().state() instanceof Following);
  }

  private void credit(int events) {
    for (int i = 0; i < events; i++) {
      bench.append(account(i % 10), new Credited(1));
    }
  }

  @Test
  void an_empty_log_has_nothing_to_catch_up_with() {
    assertThat(now(bench.store.caughtUp())).isFalse();
    awaitFollowing(bench.run());
    assertThat(now(bench.store.caughtUp())).isTrue();
  }

  @Test
  void until_it_shows_all_that_there_was_a_read_model_catches_up() {
    credit(50);
    long head = now(bench.events.head());
    ProjectionRunner runner = held();
    await().atMost(SOON).until(() -> runner.status().state() instanceof CatchingUp);
    assertThat(now(runner.measureLag()).events()).isEqualTo(50);
    assertThat(runner.status().state()).isEqualTo(new CatchingUp(head));
    assertThat(now(bench.store.caughtUp())).isFalse();
    open.complete(true);
    awaitFollowing(runner);
    assertThat(now(bench.store.caughtUp())).isTrue();
    assertThat(bench.sum(account(9))).isEqualTo(5);
  }

  @Test
  void events_of_others_at_the_end_of_the_log_do_not_have_to_be_waited_for() {
    credit(5);
    bench.append(StreamId.of("nobodys", "1"), new Credited(1));
    awaitFollowing(bench.run());
  }

  @Test
  void one_that_caught_up_once_follows_after_a_restart_however_far_behind_it_is() {
    ProjectionRunner before = bench.run();
    credit(10);
    awaitFollowing(before);
    before.close();
    credit(50);
    ProjectionRunner after = held();
    awaitFollowing(after);
    assertThat(now(after.measureLag()).events()).isGreaterThanOrEqualTo(50);
    assertThat(after.status().state()).isInstanceOf(Following.class);
  }

  @Test
  void what_is_parked_is_not_waited_for() {
    ProjectionRunner runner = bench.poison(NEVER);
    await().atMost(SOON).until(() -> !runner.status().parked().isEmpty());
    awaitFollowing(runner);
  }

  @Test
  void a_build_catches_up_by_itself_whatever_the_one_before_it_did() {
    credit(10);
    var instance = bench.builds(Duration.ofSeconds(5));
    await().atMost(SOON).until(() -> instance.live().isPresent());
    awaitFollowing(instance.live().orElseThrow());
    ReadModelStore second = bench.mongo.store(new Build(bench.balances, 2));
    assertThat(now(second.caughtUp())).isFalse();
    var _ = now(instance.changes().rebuild("root", false));
    await().atMost(SOON).until(() -> now(bench.buildStore.builds(bench.balances)).live() == 2);
    assertThat(now(second.caughtUp())).isTrue();
  }

  @Test
  void a_database_that_forgot_everything_has_to_be_caught_up_with_again() {
    ProjectionRunner runner = bench.run();
    credit(10);
    awaitFollowing(runner);
    bench.mongo.goAway();
    bench.mongo.comeBackEmpty();
    await().atMost(SOON).ignoreExceptions().until(() -> now(bench.store.caughtUp()));
    awaitFollowing(runner);
    assertThat(bench.sum(account(0))).isEqualTo(1);
  }
}
