package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConflatedTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration A_WHILE = Duration.ofMillis(200);

  private final Changes changes = new Changes();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final AtomicInteger drawn = new AtomicInteger();
  private final List<Integer> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean completed = new AtomicBoolean();

  private Cancellable watch() {
    return watch(Duration.ofHours(1), _ -> {});
  }

  private Cancellable watch(Duration stall, Consumer<Throwable> failed) {
    return new Conflated(changes.watch("acme"), INTERVAL, ready::get, stall)
        .of(this::draw, this::draw)
        .subscribe()
        .with(told::add, failed, () -> completed.set(true));
  }

  private Uni<Integer> draw() {
    return Uni.createFrom().item(drawn.incrementAndGet());
  }

  private void awaitTold(int count) {
    await().atMost(SOON).until(() -> told.size() >= count);
  }

  private void assertNothingMoreIsDrawn() {
    int now = drawn.get();
    await().during(A_WHILE).atMost(SOON).until(() -> drawn.get() == now);
  }

  @Test
  void it_is_told_at_once_and_then_when_something_changed() {
    watch();
    assertThat(told).containsExactly(1);
    assertNothingMoreIsDrawn();
    changes.happened("acme");
    awaitTold(2);
    changes.happened("acme");
    awaitTold(3);
    assertNothingMoreIsDrawn();
  }

  @Test
  void what_happens_elsewhere_is_not_looked_at() {
    watch();
    changes.happened("other");
    assertNothingMoreIsDrawn();
  }

  @Test
  void many_changes_are_told_once() {
    watch();
    for (int i = 0; i < 1_000; i++) {
      changes.happened("acme");
    }
    awaitTold(2);
    assertNothingMoreIsDrawn();
    assertThat(told).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void for_who_does_not_read_nothing_is_drawn_and_nothing_is_kept() {
    watch();
    ready.set(false);
    for (int i = 0; i < 1_000; i++) {
      changes.happened("acme");
    }
    assertNothingMoreIsDrawn();
    ready.set(true);
    awaitTold(2);
    assertNothingMoreIsDrawn();
  }

  @Test
  void who_does_not_read_for_too_long_is_cut_off_and_forgotten() {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    ready.set(false);
    watch(A_WHILE, failure::complete);
    assertThat(failure)
        .succeedsWithin(SOON)
        .extracting(Status::fromThrowable)
        .returns(Status.Code.RESOURCE_EXHAUSTED, Status::getCode)
        .returns("Nothing was read for too long; watch again.", Status::getDescription);
    assertThat(told).containsExactly(1);
    assertThat(changes.watches()).isZero();
  }

  @Test
  void it_ends_with_the_service_also_for_who_comes_too_late_or_does_not_read() {
    watch();
    ready.set(false);
    changes.close(new ShutdownEvent());
    await().atMost(SOON).untilTrue(completed);
    assertThat(changes.watches()).isZero();
    completed.set(false);
    watch();
    await().atMost(SOON).untilTrue(completed);
  }

  @Test
  void who_leaves_is_forgotten() {
    Cancellable watching = watch();
    assertThat(changes.watches()).isEqualTo(1);
    watching.cancel();
    await().atMost(SOON).until(() -> changes.watches() == 0);
    changes.happened("acme");
    assertNothingMoreIsDrawn();
  }
}
