package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState;
import io.kiroku.projection.engine.RepairOutcome;
import io.kiroku.projection.engine.WriteOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events that cannot be applied, under load, from a database that is slow or away: their streams
/// wait, in order, and nobody else does.
class OthersNeverWaitTest {
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int POISONED = 3;
  private static final int ACCOUNTS = 12;

  private final Workbench bench = new Workbench();

  /// The successful writes of each stream.
  private final Map<StreamId, List<GuardedWrite>> written = new ConcurrentHashMap<>();

  private int credited;

  @AfterEach
  void close() {
    bench.close();
  }

  private static Stream<StreamId> poisoned() {
    return IntStream.range(0, POISONED).mapToObj(Workbench::account);
  }

  private static Stream<StreamId> others() {
    return IntStream.range(POISONED, ACCOUNTS).mapToObj(Workbench::account);
  }

  private static Stream<StreamId> everybody() {
    return Stream.concat(poisoned(), others());
  }

  private void credit() {
    credited++;
    everybody().forEach(account -> bench.append(account, new Credited(1)));
  }

  /// Each poisoned stream has applied its first event, fails at the second, and has a third.
  private ProjectionRunner poison() {
    bench.balances.poisonous = true;
    ProjectionRunner runner = bench.run(watched(), bench.feeds, NEVER);
    credit();
    poisoned().forEach(account -> bench.append(account, new Noted("poison")));
    credit();
    await().atMost(SOON).until(() -> markers().size() == POISONED);
    awaitOthersWritten();
    return runner;
  }

  private WatchedStore watched() {
    return new WatchedStore(bench.store, this::note);
  }

  private void note(GuardedWrite write, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Written) {
      written.computeIfAbsent(write.slot().stream(), _ -> new CopyOnWriteArrayList<>()).add(write);
    }
  }

  private List<ParkedStream> markers() {
    return bench.store.parked().all().await().atMost(SOON);
  }

  private void awaitOthersWritten() {
    await().atMost(WAIT).until(() -> others().allMatch(this::isWritten));
  }

  private boolean isWritten(StreamId account) {
    List<GuardedWrite> writes = written.getOrDefault(account, List.of());
    return !writes.isEmpty() && writes.getLast().next().revision() == bench.revision(account);
  }

  /// Where they failed first, tried once: they were not touched while the others went on.
  private void assertStillParked() {
    assertThat(markers())
        .hasSize(POISONED)
        .allSatisfy(marker -> {
          assertThat(marker.revision()).isEqualTo(1);
          assertThat(marker.attempts()).isEqualTo(1);
        });
    poisoned().forEach(account -> assertThat(bench.sum(account)).isEqualTo(1));
    others().forEach(account -> assertThat(bench.sum(account)).isEqualTo(credited));
  }

  /// Each stream has been written revision by revision, without a gap or a repetition.
  private void freeAndVerify(ProjectionRunner runner) {
    bench.balances.poisonous = false;
    poisoned()
        .forEach(account ->
            assertThat(runner.repairs().retry(account).await().atMost(SOON))
                .isEqualTo(new RepairOutcome.Freed()));
    credit();
    everybody().forEach(bench::awaitShown);
    assertThat(everybody().map(bench::sum)).containsOnly((long) credited);
    assertThat(markers()).isEmpty();
  }

  private void assertWrittenInOrder() {
    written.forEach((account, writes) -> {
      long revision = -1;
      for (GuardedWrite write : writes) {
        assertThat(write.expected().revision()).as(account.value()).isEqualTo(revision);
        revision = write.next().revision();
      }
      assertThat(revision).as(account.value()).isEqualTo(bench.revision(account));
    });
  }

  @Test
  void trap_18_a_database_that_takes_two_seconds_shows_the_others_while_the_parked_ones_wait() {
    ProjectionRunner runner = poison();
    bench.mongo.link().delay(SLOW);
    for (int i = 0; i < 2; i++) {
      credit();
    }
    awaitOthersWritten();
    bench.mongo.link().heal();
    assertStillParked();
    freeAndVerify(runner);
    assertWrittenInOrder();
  }

  /// An outage is no attempt at an event.
  @Test
  void trap_18_a_database_that_refuses_shows_the_others_as_soon_as_it_is_back() {
    ProjectionRunner runner = poison();
    for (int outage = 0; outage < 3; outage++) {
      credit();
      bench.mongo.link().refuse();
      credit();
      await().atMost(WAIT).until(() -> runner.status().state() instanceof ProjectionState.Waiting);
      credit();
      bench.mongo.link().heal();
      others().forEach(bench::awaitShown);
      assertStillParked();
    }
    freeAndVerify(runner);
  }

  /// Everything is delivered at once, to one who knows what is parked.
  @Test
  void trap_18_others_are_shown_before_it_is_even_noted_what_is_held_back() {
    poison().close();
    credit();
    CompletableFuture<Void> then = new CompletableFuture<>();
    var markers = new LateMarkers(bench.store.parked(), Uni.createFrom().completionStage(then));
    ProjectionRunner runner =
        bench.run(new WatchedStore(bench.store, markers, this::note), bench.events, NEVER);
    awaitOthersWritten();
    assertThat(markers()).allMatch(marker -> marker.highestSeen() < bench.revision(account(0)));
    assertStillParked();
    then.complete(null);
    await()
        .atMost(SOON)
        .until(() ->
            markers().stream()
                .allMatch(marker -> marker.highestSeen() == bench.revision(account(0))));
    freeAndVerify(runner);
    assertWrittenInOrder();
  }
}
