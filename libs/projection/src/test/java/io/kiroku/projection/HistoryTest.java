package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Closed;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import io.kiroku.projection.Balances.Balance;
import io.kiroku.projection.engine.EventNotApplicable;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.History;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.projection.engine.HistoryEntry.Outcome;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.Documents;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What documents were is told by what makes them.
class HistoryTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  private static List<HistoryEntry> entries(History history, long from) {
    return now(history.from(account(1), from).collect().asList());
  }

  @Test
  void folded_to_the_end_it_is_what_is_stored() {
    ProjectionRunner runner = bench.run();
    bench.append(account(1), new Credited(5));
    bench.append(account(1), new Noted("twice"));
    bench.append(account(1), new Credited(7));
    bench.append(account(2), new Credited(3));
    bench.append(account(2), new Closed());
    bench.awaitShown(account(1), account(2));
    for (StreamId stream : List.of(account(1), account(2))) {
      Held held = now(runner.history().until(stream, _ -> true));
      assertThat(Documents.write(held)).isEqualTo(bench.stored(stream));
    }
  }

  @Test
  void it_is_told_after_so_many_events_or_until_one_that_does_not_count() {
    History history = bench.idle().history();
    bench.append(account(1), new Credited(5));
    bench.append(account(1), new Noted("twice"));
    bench.append(account(1), new Credited(7));
    var noted = new Held(1, new Balance(5, 1, "twice"), 0);
    assertThat(now(history.after(account(1), 2))).isEqualTo(noted);
    assertThat(now(history.until(account(1), event -> !event.type().equals("credited.v1"))))
        .isEqualTo(Held.NOTHING);
    assertThat(now(history.until(account(1), event -> event.revision() < 2))).isEqualTo(noted);
    assertThat(now(history.after(account(1), 0))).isEqualTo(Held.NOTHING);
    assertThat(now(history.until(account(9), _ -> true))).isEqualTo(Held.NOTHING);
    assertThat(now(history.event(account(1), 3))).isEmpty();
  }

  @Test
  void each_event_tells_what_it_changed() {
    History history = bench.idle().history();
    bench.append(account(1), new Noted("too early"));
    bench.append(account(1), new Credited(5));
    bench.append(account(1), new Closed());
    var credited = new Balance(5, 1, "");
    assertThat(entries(history, 0))
        .extracting(
            entry -> entry.event().revision(),
            HistoryEntry::before,
            HistoryEntry::after,
            HistoryEntry::outcome)
        .containsExactly(
            tuple(0L, null, null, Outcome.APPLIED),
            tuple(1L, null, credited, Outcome.APPLIED),
            tuple(2L, credited, null, Outcome.APPLIED));
    assertThat(entries(history, 2))
        .singleElement()
        .satisfies(entry -> assertThat(entry.before()).isEqualTo(credited));
    assertThat(entries(history, 9)).isEmpty();
  }

  @Test
  void what_is_skipped_is_passed_over_here_too() {
    ProjectionRunner runner = bench.poison(NEVER);
    await()
        .atMost(SOON)
        .until(() -> runner.status().parked().stream().anyMatch(it -> it.highestSeen() == 2));
    now(runner.repairs().skip(account(1), 1, "root", "a typing error"));
    assertThat(entries(runner.history(), 0))
        .extracting(HistoryEntry::outcome)
        .containsExactly(Outcome.APPLIED, Outcome.SKIPPED, Outcome.APPLIED);
    assertThat(now(runner.history().after(account(1), 3)).document())
        .isEqualTo(new Balance(12, 2, ""));
  }

  @Test
  void trap_18_it_ends_with_an_event_that_cannot_be_applied() {
    History history = bench.idle().history();
    bench.append(account(1), new Credited(5));
    bench.appendUnknown(account(1));
    bench.append(account(1), new Credited(7));
    assertThat(entries(history, 0))
        .extracting(HistoryEntry::outcome)
        .containsExactly(Outcome.APPLIED, Outcome.NOT_APPLICABLE);
    assertThat(entries(history, 1))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
    assertThatThrownBy(() -> entries(history, 2)).isInstanceOf(EventNotApplicable.class);
    assertThatThrownBy(() -> now(history.until(account(1), _ -> true)))
        .isInstanceOf(EventNotApplicable.class)
        .hasMessageContaining("revision 1");
    assertThat(now(history.after(account(1), 1)).document()).isEqualTo(new Balance(5, 1, ""));
  }

  @Test
  void a_long_stream_is_read_page_by_page_and_no_further_than_asked() {
    for (int i = 0; i < 1_000; i++) {
      bench.append(account(1), new Credited(1));
    }
    var store = new Counting(bench.events, new CopyOnWriteArrayList<>());
    try (var runner =
        new ProjectionRunner(
            bench.balances,
            new EventSources(store, bench.events, bench.feeds),
            bench.store,
            RunnerOptions.DEFAULTS,
            (_, _) -> {})) {
      History history = runner.history();
      assertThat(now(history.until(account(1), _ -> true)).document())
          .isEqualTo(new Balance(1_000, 1_000, ""));
      assertThat(store.read()).containsExactly(500, 500, 0);
      store.read().clear();
      assertThat(now(history.from(account(1), 0).select().first(3).collect().asList())).hasSize(3);
      assertThat(store.read()).containsExactly(500);
      store.read().clear();
      assertThat(now(history.after(account(1), 2)).revision()).isEqualTo(1);
      assertThat(store.read()).containsExactly(2);
    }
  }

  private record Counting(EventStore store, List<Integer> read) implements EventStore {
    @Override
    public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
      return store.read(stream, fromRevision, most).invoke(events -> read.add(events.size()));
    }

    @Override
    public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events) {
      return store.append(stream, expectedRevision, events);
    }
  }
}
