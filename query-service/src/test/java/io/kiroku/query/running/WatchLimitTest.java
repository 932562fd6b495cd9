package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchLimitTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final WatchLimit limit = new WatchLimit(1);
  private final List<Throwable> refused = new ArrayList<>();

  private Cancellable watch(Multi<Integer> watched) {
    return limit.admitted(() -> watched).subscribe().with(_ -> {}, refused::add);
  }

  @Test
  void whoever_comes_too_late_is_refused_and_keeps_nobody_out() {
    Cancellable first = watch(Multi.createFrom().nothing());
    watch(Multi.createFrom().nothing());
    watch(Multi.createFrom().nothing());
    assertThat(refused).hasSize(2);
    first.cancel();
    watch(Multi.createFrom().nothing());
    assertThat(refused).hasSize(2);
  }

  @Test
  void a_watch_makes_room_however_it_ends() {
    watch(Multi.createFrom().items(1, 2));
    watch(Multi.createFrom().failure(new IllegalStateException("gone")));
    var broken =
        limit.<Integer>admitted(() -> {
          throw new IllegalStateException("cannot begin");
        });
    assertThatThrownBy(() -> broken.collect().last().await().atMost(SOON))
        .hasMessage("cannot begin");
    assertThat(
            limit.admitted(() -> Multi.createFrom().item(3)).collect().last().await().atMost(SOON))
        .isEqualTo(3);
  }
}
