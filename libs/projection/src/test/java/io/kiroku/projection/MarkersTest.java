package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ReadModelStore;
import io.kiroku.projection.engine.Skip;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Markers and skips of all builds lie in the same collections.
class MarkersTest {
  private static final List<Integer> BUILDS = List.of(1, 2, 20);

  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  private ReadModelStore store(int build) {
    return bench.mongo.store(new Build(bench.balances, build));
  }

  private void mark(int build) {
    var parked = new ParkedStream(account(build), 1, 2, "cannot digest this", 1, null);
    var skip = new Skip(account(build), 1, 2, "error", "root", "no use", Instant.EPOCH);
    var _ = now(store(build).parked().add(parked));
    var _ = now(store(build).skipped().record(skip));
  }

  private void assertOwn(int build) {
    assertThat(now(store(build).parked().all()))
        .extracting(ParkedStream::stream)
        .containsExactly(account(build));
    assertThat(now(store(build).skipped().all()))
        .extracting(Skip::stream)
        .containsExactly(account(build));
  }

  @Test
  void each_build_finds_its_own_and_no_others_however_their_names_begin() {
    BUILDS.forEach(this::mark);
    BUILDS.forEach(this::assertOwn);
  }

  @Test
  void what_is_cleared_away_with_a_build_leaves_the_others_theirs() {
    BUILDS.forEach(this::mark);
    var _ = now(bench.buildStore.clear(new Build(bench.balances, 2)));
    assertThat(now(store(2).parked().all())).isEmpty();
    assertThat(now(store(2).skipped().all())).isEmpty();
    assertOwn(1);
    assertOwn(20);
  }
}
