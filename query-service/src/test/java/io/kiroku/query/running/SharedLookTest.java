package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SharedLookTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofHours(1);

  /// Looks under way, and those that have ended.
  private final List<UniEmitter<? super Integer>> begun = new CopyOnWriteArrayList<>();

  private final SharedLook<Integer> shared = new SharedLook<>(this::look);

  private Uni<Integer> look() {
    return Uni.createFrom().emitter(begun::add);
  }

  private static CompletableFuture<Integer> asked(Uni<Integer> uni) {
    return uni.subscribeAsCompletionStage();
  }

  private void find(int look) {
    begun.get(look).complete(look);
  }

  @Test
  void who_asks_while_a_look_goes_on_shares_the_next_one_that_begins_after_it() {
    CompletableFuture<Integer> first = asked(shared.fresh());
    List<CompletableFuture<Integer>> later = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      later.add(asked(shared.fresh()));
    }
    assertThat(begun).hasSize(1);
    find(0);
    assertThat(first).isCompletedWithValue(0);
    assertThat(begun).hasSize(2);
    find(1);
    assertThat(later).allSatisfy(it -> assertThat(it).isCompletedWithValue(1));
    var last = asked(shared.fresh());
    find(2);
    assertThat(last).isCompletedWithValue(2);
  }

  @Test
  void for_whom_a_moment_ago_is_good_enough_nothing_is_looked_up() {
    CompletableFuture<Integer> first = asked(shared.recent(LONG));
    CompletableFuture<Integer> meanwhile = asked(shared.recent(LONG));
    find(0);
    assertThat(first).isCompletedWithValue(0);
    assertThat(meanwhile).isCompletedWithValue(0);
    assertThat(asked(shared.recent(LONG))).isCompletedWithValue(0);
    var _ = asked(shared.recent(Duration.ZERO));
    assertThat(begun).hasSize(2);
  }

  @Test
  void a_failure_is_told_to_who_shares_it_and_not_kept() {
    CompletableFuture<Integer> first = asked(shared.fresh());
    CompletableFuture<Integer> next = asked(shared.fresh());
    begun.getFirst().fail(new IllegalStateException("away"));
    assertThat(first).isCompletedExceptionally();
    begun.get(1).fail(new IllegalStateException("still away"));
    assertThat(next).isCompletedExceptionally();
    CompletableFuture<Integer> after = asked(shared.recent(LONG));
    find(2);
    assertThat(after).isCompletedWithValue(2);
  }

  @Test
  void those_who_can_wait_share_a_look_that_begins_an_interval_after_the_last() {
    var first = asked(shared.paced(LONG));
    await().atMost(SOON).until(() -> begun.size() == 1);
    find(0);
    assertThat(first).succeedsWithin(SOON).isEqualTo(0);
    Duration interval = Duration.ofMillis(500);
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(asked(shared.paced(interval)));
    }
    await().atMost(SOON).until(() -> begun.size() == 2);
    find(1);
    assertThat(waiting).allSatisfy(it -> assertThat(it).succeedsWithin(SOON).isEqualTo(1));
    assertThat(begun).hasSize(2);
    var _ = asked(shared.paced(LONG));
    await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> begun.size() == 2);
  }

  @Test
  void a_look_goes_on_for_the_others_when_who_began_it_leaves() {
    var leaving = shared.fresh().subscribe().with(_ -> {});
    leaving.cancel();
    CompletableFuture<Integer> late = asked(shared.recent(LONG));
    CompletableFuture<Integer> later = asked(shared.fresh());
    find(0);
    assertThat(late).isCompletedWithValue(0);
    find(1);
    assertThat(later).isCompletedWithValue(1);
  }
}
