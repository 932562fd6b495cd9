package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ProjectionRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told of how far a projection is behind.
class LagTest {
  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Lag lag(ProjectionRunner runner) {
    return runner.measureLag().await().atMost(SOON);
  }

  @Test
  void a_projection_that_has_not_begun_is_behind_by_what_concerns_it() {
    ProjectionRunner idle = bench.idle();
    for (int i = 0; i < 4; i++) {
      bench.append(account(1), new Credited(1));
      bench.append(StreamId.of("nobodys", "1"), new Credited(1));
    }
    Lag lag = lag(idle);
    assertThat(lag.events()).isEqualTo(4);
    assertThat(lag.exact()).isTrue();
    assertThat(lag.age(Instant.now().plusSeconds(60))).isGreaterThan(Duration.ofSeconds(59));
    assertThat(lag.upTo()).isLessThan(lag.head());
  }

  @Test
  void more_than_can_be_counted_is_estimated() {
    ProjectionRunner idle = bench.idle();
    for (int i = 0; i < 2_500; i++) {
      bench.append(account(i % 10), new Credited(1));
    }
    Lag lag = lag(idle);
    assertThat(lag.exact()).isFalse();
    assertThat(lag.events()).isBetween(2_400L, 2_600L);
  }

  @Test
  void a_long_log_is_looked_at_a_few_pages_at_a_time() {
    ProjectionRunner idle = bench.idle();
    for (int i = 0; i < 5_000; i++) {
      bench.append(StreamId.of("nobodys", "1"), new Credited(1));
    }
    bench.append(account(1), new Credited(1));
    Lag first = lag(idle);
    assertThat(first.exact()).isFalse();
    assertThat(first.oldest()).isNotNull();
    assertThat(first.upTo()).isLessThan(first.head());
    assertThat(first.events()).isEqualTo(first.head() - first.upTo());
    Lag second = lag(idle);
    assertThat(second.exact()).isTrue();
    assertThat(second.events()).isEqualTo(1);
  }

  @Test
  void who_follows_is_soon_not_behind_and_says_so_by_himself() {
    ProjectionRunner runner = bench.run();
    for (int i = 0; i < 1_500; i++) {
      bench.append(StreamId.of("nobodys", "1"), new Credited(1));
    }
    bench.append(account(1), new Credited(1));
    bench.awaitShown(account(1));
    long head = bench.events.head().await().atMost(SOON);
    await().atMost(SOON).until(() -> Objects.equals(runner.status().lag(), caughtUp(head)));
  }

  @Test
  void while_the_database_refuses_a_projection_that_was_not_behind_gets_older() {
    ProjectionRunner runner = bench.run();
    bench.append(account(1), new Credited(1));
    long head = bench.events.head().await().atMost(SOON);
    await().atMost(SOON).until(() -> Objects.equals(runner.status().lag(), caughtUp(head)));
    bench.mongo.link().refuse();
    Instant later = Instant.now().plusSeconds(60);
    await().atMost(SOON).until(() -> age(runner, later).compareTo(Duration.ofSeconds(59)) > 0);
    bench.append(account(1), new Credited(1));
    assertThat(age(runner, later)).isGreaterThan(Duration.ofSeconds(59));
    bench.mongo.link().heal();
    long now = bench.events.head().await().atMost(SOON);
    await().atMost(SOON).until(() -> Objects.equals(runner.status().lag(), caughtUp(now)));
  }

  @Test
  void a_projection_that_never_reached_its_database_is_behind() {
    bench.mongo.link().refuse();
    ProjectionRunner runner = bench.run();
    await().atMost(SOON).until(() -> runner.status().lag() != null);
    assertThat(age(runner, Instant.now().plusSeconds(60))).isGreaterThan(Duration.ofSeconds(59));
  }

  private static Duration age(ProjectionRunner runner, Instant now) {
    return Objects.requireNonNull(runner.status().lag()).age(now);
  }

  private static Lag caughtUp(long head) {
    return new Lag(head, head, 0, true, null);
  }

  @Test
  void what_waits_behind_a_parked_event_is_not_lag() {
    ProjectionRunner runner = bench.poison(Duration.ofHours(1));
    await().atMost(SOON).until(() -> !runner.status().parked().isEmpty());
    await().atMost(SOON).untilAsserted(() -> assertThat(lag(runner).events()).isZero());
    assertThat(lag(runner).oldest()).isNull();
  }
}
