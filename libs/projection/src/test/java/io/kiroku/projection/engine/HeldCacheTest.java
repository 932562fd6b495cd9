package io.kiroku.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.StreamId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldCacheTest {
  private static final StreamId STREAM = StreamId.of("account", "1");

  private final AtomicLong absences = new AtomicLong(7);
  private final HeldCache cache = new HeldCache(2, absences::get);

  @Test
  void what_a_store_held_before_it_was_away_is_not_remembered() {
    cache.put(STREAM, Held.NOTHING);
    assertThat(cache.get(STREAM)).isEqualTo(Held.NOTHING);
    absences.incrementAndGet();
    assertThat(cache.get(STREAM)).isNull();
  }

  @Test
  void so_many_are_remembered_and_no_more() {
    for (int i = 0; i < 3; i++) {
      cache.put(StreamId.of("account", "a" + i), Held.NOTHING);
    }
    assertThat(cache.get(StreamId.of("account", "a0"))).isNull();
    assertThat(cache.get(StreamId.of("account", "a2"))).isEqualTo(Held.NOTHING);
  }
}
