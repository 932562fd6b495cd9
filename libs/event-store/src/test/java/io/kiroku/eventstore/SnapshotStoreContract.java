package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static io.kiroku.eventstore.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What every [SnapshotStore] does.
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class SnapshotStoreContract {
  private final StreamId stream = StreamId.of("snapshot_contract", UUID.randomUUID().toString());

  protected abstract SnapshotStore snapshots();

  @Test
  void where_nothing_was_put_is_nothing() {
    assertThat(await(snapshots().latest(stream, 1))).isEmpty();
  }

  @Test
  void the_newest_comes_first() {
    await(snapshots().put(stream, List.of(event("a"))));
    await(snapshots().put(stream, List.of(event("b"), event("c"))));

    assertThat(await(snapshots().latest(stream, 1)))
        .extracting(TestEvents::text)
        .containsExactly("c");
    assertThat(await(snapshots().latest(stream, 2)))
        .extracting(TestEvents::text)
        .containsExactly("c", "b");
  }

  @Test
  void the_newest_is_kept_however_often_another_was_put() {
    IntStream.range(0, 150)
        .forEach(i -> await(snapshots().put(stream, List.of(event("snapshot " + i)))));

    assertThat(await(snapshots().latest(stream, 1)))
        .extracting(TestEvents::text)
        .containsExactly("snapshot 149");
  }
}
