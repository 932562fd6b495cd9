package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.IndexOptions;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.mongo.MongoReadModelStore;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A failing event stops its own stream and nothing else.
class ParkingTest {
  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private List<ParkedStream> markers() {
    return bench.store.parked().all().await().atMost(SOON);
  }

  private ParkedStream awaitMarker() {
    await().atMost(SOON).until(() -> !markers().isEmpty());
    return markers().getFirst();
  }

  private void poison(Duration retry) {
    bench.poison(retry);
  }

  @Test
  void trap_18_a_failing_event_parks_its_stream_and_the_others_go_on() {
    poison(Duration.ofHours(1));
    ParkedStream parked = awaitMarker();
    assertThat(parked.stream()).isEqualTo(account(1));
    assertThat(parked.revision()).isEqualTo(1);
    assertThat(parked.attempts()).isEqualTo(1);
    assertThat(parked.error()).contains("cannot digest this");
    assertThat(bench.sum(account(1))).isEqualTo(5);

    for (int i = 0; i < 20; i++) {
      bench.append(account(2), new Credited(1));
    }
    bench.awaitShown(account(2));
    assertThat(bench.sum(account(2))).isEqualTo(20);
    // The log went on, too: the marker stands for what the watermark has passed.
    long head = bench.events.head().await().atMost(SOON);
    await().atMost(SOON).until(() -> bench.store.watermark().await().atMost(SOON) == head);
  }

  @Test
  void an_event_of_an_unknown_type_parks_its_stream() {
    bench.run(bench.store, bench.feeds, Duration.ofHours(1));
    bench.append(account(1), new Credited(5));
    bench.appendUnknown(account(1));
    bench.append(account(1), new Credited(7));
    ParkedStream parked = awaitMarker();
    assertThat(parked.stream()).isEqualTo(account(1));
    assertThat(parked.revision()).isEqualTo(1);
    assertThat(parked.error()).contains("from-the-future.v9");
    assertThat(bench.sum(account(1))).isEqualTo(5);
    bench.append(account(2), new Credited(1));
    bench.awaitShown(account(2));
  }

  @Test
  void a_parked_stream_is_tried_again_and_catches_up_by_itself() {
    poison(Duration.ofMillis(50));
    awaitMarker();
    bench.append(account(1), new Credited(11));
    bench.balances.poisonous = false;
    await().atMost(SOON).until(() -> markers().isEmpty());
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(23);
    bench.append(account(1), new Credited(1));
    bench.awaitShown(account(1));
    assertThat(bench.sum(account(1))).isEqualTo(24);
  }

  @Test
  void after_the_last_attempt_it_is_dead_and_waits_for_an_operator() {
    poison(Duration.ofMillis(1));
    await().atMost(SOON).until(() -> markers().stream().anyMatch(ParkedStream::dead));
    assertThat(markers()).singleElement().satisfies(it -> assertThat(it.attempts()).isEqualTo(4));
    bench.balances.poisonous = false;
    bench.append(account(1), new Credited(1));
    bench.append(account(2), new Credited(1));
    bench.awaitShown(account(2));
    await().atMost(SOON).until(() -> markers().getFirst().highestSeen() == 3);
    assertThat(bench.sum(account(1))).isEqualTo(5);
  }

  @Test
  void a_replica_that_knows_nothing_of_the_marker_does_not_start_counting_anew() {
    poison(Duration.ofHours(1));
    awaitMarker();
    ProjectionRunner other =
        bench.run(bench.store, new RoughFeeds(bench.events, 3), Duration.ofHours(1));
    await().atMost(SOON).until(() -> !other.status().parked().isEmpty());
    assertThat(markers()).singleElement().satisfies(it -> assertThat(it.attempts()).isEqualTo(1));
  }

  @Test
  void trap_20_a_unique_index_parks_the_stream_instead_of_looping() {
    bench
        .mongo
        .database()
        .getCollection(MongoReadModelStore.collectionOf(bench.balances))
        .createIndex(new Document("account.sum", 1), new IndexOptions().unique(true))
        .await()
        .atMost(SOON);
    bench.run(bench.store, bench.feeds, Duration.ofHours(1));
    bench.append(account(1), new Credited(5));
    bench.awaitShown(account(1));
    bench.append(account(2), new Credited(5));
    assertThat(awaitMarker().stream()).isEqualTo(account(2));
    bench.append(account(3), new Credited(6));
    bench.awaitShown(account(3));
  }

  @Test
  void who_waits_for_a_parked_revision_is_told_at_once() {
    poison(Duration.ofHours(1));
    awaitMarker();
    ProjectionRunner runner = bench.run(bench.store, bench.feeds, Duration.ofHours(1));
    await().atMost(SOON).until(() -> !runner.status().parked().isEmpty());
    assertThat(runner.await(account(1), 2, Duration.ofHours(1)).await().atMost(SOON))
        .isEqualTo(new Progress.Parked(account(1), 2, 1));
    assertThat(runner.await(account(1), 0, SOON).await().atMost(SOON))
        .isEqualTo(new Progress.Shown());
  }
}
