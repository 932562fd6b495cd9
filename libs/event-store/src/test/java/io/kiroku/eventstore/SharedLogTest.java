package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static io.kiroku.eventstore.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Many readers, one subscription.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedLogTest {
  private static final int RECENT = 8;
  private static final StreamId LEFT = StreamId.of("left", "1");
  private static final StreamId RIGHT = StreamId.of("right", "1");

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final WatchedLog watched = new WatchedLog(store);
  private final SharedLog log = new SharedLog(watched, RECENT);

  @Nested
  class Contract extends EventLogContract {
    @Override
    protected EventStore store() {
      return store;
    }

    @Override
    protected EventLog log() {
      return log;
    }
  }

  @Test
  void readers_at_the_end_are_served_by_one_subscription() {
    note(LEFT, 3);
    long head = await(log.head());
    try (LogCursor one = log.open(head, Set.of());
        LogCursor two = log.open(head, Set.of("right-"))) {
      CompletableFuture<LogBatch> first = one.next(10).subscribeAsCompletionStage();
      CompletableFuture<LogBatch> second = two.next(10).subscribeAsCompletionStage();
      note(RIGHT, 1);

      assertThat(first.join().events()).hasSize(1);
      assertThat(second.join().events()).hasSize(1);
      assertThat(watched.opened).hasSize(1);
    }
    assertThat(watched.open()).isZero();
  }

  @Test
  void who_is_behind_reads_apart_until_he_has_caught_up() {
    note(LEFT, 30);
    try (LogCursor other = log.open(await(log.head()), Set.of());
        LogCursor behind = log.open(EventLog.START, Set.of())) {
      CompletableFuture<LogBatch> waiting = other.next(10).subscribeAsCompletionStage();
      assertThat(read(behind, 30)).hasSize(30);
      note(LEFT, 1);
      assertThat(read(behind, 1)).hasSize(1);

      assertThat(waiting.join().events()).hasSize(1);
      assertThat(watched.opened).hasSize(2);
      assertThat(watched.open()).isOne();
    }
  }

  @Test
  void who_falls_behind_what_is_kept_misses_nothing() {
    try (LogCursor slow = log.open(EventLog.START, Set.of());
        LogCursor quick = log.open(EventLog.START, Set.of())) {
      note(LEFT, 1);
      assertThat(read(slow, 1)).hasSize(1);
      for (int i = 0; i < 10; i++) {
        note(LEFT, 5);
        assertThat(read(quick, 5)).hasSize(6 - (i > 0 ? 1 : 0));
      }

      assertThat(read(slow, 50))
          .extracting(RecordedEvent::revision)
          .containsExactlyElementsOf(IntStream.range(1, 51).mapToObj(Long::valueOf).toList());
    }
  }

  @Test
  void a_subscription_that_breaks_is_told_to_all_its_readers_and_the_next_one_is_another() {
    note(LEFT, 1);
    long head = await(log.head());
    LogCursor one = log.open(head, Set.of());
    LogCursor two = log.open(head, Set.of());
    CompletableFuture<LogBatch> first = one.next(10).subscribeAsCompletionStage();
    CompletableFuture<LogBatch> second = two.next(10).subscribeAsCompletionStage();

    watched.breakAll();

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThatThrownBy(() -> await(one.next(1))).isInstanceOf(EventStoreUnavailable.class);
    note(LEFT, 1);
    try (LogCursor again = log.open(head, Set.of())) {
      assertThat(read(again, 1)).hasSize(1);
    }
    one.close();
    two.close();
    assertThat(watched.open()).isZero();
  }

  /// A log that was restored is shorter than its reader remembers; the tail of it knows nothing of
  /// that position, and must not wait for it.
  @Test
  void a_position_of_another_log_is_refused_while_others_follow() {
    note(LEFT, 2);
    long head = await(log.head());
    try (LogCursor other = log.open(head, Set.of());
        LogCursor lost = log.open(head + 1_000, Set.of())) {
      CompletableFuture<LogBatch> waiting = other.next(1).subscribeAsCompletionStage();

      assertThatThrownBy(() -> await(lost.next(1))).isInstanceOf(PositionBeyondLog.class);
      assertThat(waiting).isNotDone();
    }
  }

  @Test
  void readers_of_any_pace_and_filter_see_every_event_once_and_in_order() throws Exception {
    int events = 2_000;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> left = new ArrayList<>();
      List<Future<List<Long>>> right = new ArrayList<>();
      for (int reader = 0; reader < 6; reader++) {
        int seed = reader;
        left.add(threads.submit(() -> revisions(Set.of("left-"), events, seed)));
        right.add(threads.submit(() -> revisions(Set.of("right-"), events, seed)));
      }
      for (int i = 0; i < events; i += 4) {
        note(LEFT, 4);
        note(RIGHT, 4);
      }
      List<Long> all = IntStream.range(0, events).mapToObj(Long::valueOf).toList();
      for (Future<List<Long>> seen : left) {
        assertThat(seen.get()).isEqualTo(all);
      }
      for (Future<List<Long>> seen : right) {
        assertThat(seen.get()).isEqualTo(all);
      }
    }
    assertThat(watched.open()).isZero();
  }

  private List<Long> revisions(Set<String> prefixes, int count, int seed)
      throws InterruptedException {
    var random = new Random(seed);
    List<Long> seen = new ArrayList<>();
    long position = EventLog.START;
    while (seen.size() < count) {
      try (LogCursor cursor = log.open(position, prefixes)) {
        for (int i = 0; i < 40 && seen.size() < count; i++) {
          LogBatch batch = await(cursor.next(1 + random.nextInt(9)));
          batch.events().forEach(event -> seen.add(event.revision()));
          position = batch.position();
          if (random.nextInt(20) == 0) {
            Thread.sleep(random.nextInt(3));
          }
        }
      }
    }
    return seen;
  }

  private void note(StreamId stream, int count) {
    List<NewEvent> events = IntStream.range(0, count).mapToObj(i -> event("" + i)).toList();
    long expected = await(store.read(stream, 0)).size() - 1L;
    var _ = await(store.append(stream, expected, events));
  }

  private static List<RecordedEvent> read(LogCursor cursor, int atLeast) {
    List<RecordedEvent> seen = new ArrayList<>();
    while (seen.size() < atLeast) {
      seen.addAll(await(cursor.next(7)).events());
    }
    return seen;
  }

  /// Counts subscriptions, and breaks them.
  private static final class WatchedLog implements EventLog {
    private final EventLog log;
    private final List<Subscription> opened = new ArrayList<>();

    WatchedLog(EventLog log) {
      this.log = log;
    }

    synchronized long open() {
      return opened.stream().filter(subscription -> !subscription.closed).count();
    }

    synchronized void breakAll() {
      List.copyOf(opened).forEach(Subscription::breakOff);
    }

    @Override
    public Uni<Long> head() {
      return log.head();
    }

    @Override
    public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
      return log.read(afterPosition, most);
    }

    @Override
    public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
      return log.readBackwards(beforePosition, most);
    }

    @Override
    public synchronized LogCursor open(long afterPosition, Set<String> streamPrefixes) {
      var subscription = new Subscription(log.open(afterPosition, streamPrefixes));
      opened.add(subscription);
      return subscription;
    }
  }

  private static final class Subscription implements LogCursor {
    private final LogCursor cursor;
    private final CompletableFuture<LogBatch> broken = new CompletableFuture<>();
    private volatile boolean closed;

    Subscription(LogCursor cursor) {
      this.cursor = cursor;
    }

    void breakOff() {
      broken.completeExceptionally(new EventStoreUnavailable("broken", null));
    }

    @Override
    public Uni<LogBatch> next(int most) {
      return Uni.combine()
          .any()
          .of(Uni.createFrom().completionStage(() -> broken.copy()), cursor.next(most));
    }

    @Override
    public void close() {
      closed = true;
      cursor.close();
    }
  }
}
