package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.BOUND;
import static io.kiroku.eventstore.TestEvents.await;
import static io.kiroku.eventstore.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [EventLog] does. The log may hold other streams already.
public abstract class EventLogContract {
  private final String category = "log" + Long.toUnsignedString(UUID.randomUUID().hashCode());
  private final Set<String> prefix = Set.of(category + "-");

  protected abstract EventStore store();

  protected abstract EventLog log();

  private StreamId stream(String id) {
    return StreamId.of(category, id);
  }

  private Appended note(String id, long expected, String... texts) {
    List<NewEvent> events = new ArrayList<>();
    for (String text : texts) {
      events.add(event(text));
    }
    return await(store().append(stream(id), expected, events));
  }

  @Test
  void the_head_is_the_position_of_the_last_event() {
    Appended appended = note("1", -1, "a", "b");

    assertThat(await(log().head())).isEqualTo(appended.position());
  }

  @Test
  void the_log_is_read_in_pieces_forwards_and_backwards() {
    long before = await(log().head());
    note("1", -1, "a", "b");
    note("2", -1, "c");
    Appended last = note("1", 1, "d");

    assertThat(await(log().read(before, 2))).extracting(TestEvents::text).containsExactly("a", "b");
    assertThat(await(log().read(before, 10)))
        .extracting(TestEvents::text)
        .containsExactly("a", "b", "c", "d");
    assertThat(await(log().read(last.position(), 10))).isEmpty();
    assertThat(await(log().readBackwards(Long.MAX_VALUE, 2)))
        .extracting(TestEvents::text)
        .containsExactly("d", "c");
    assertThat(await(log().readBackwards(last.position(), 2)))
        .extracting(TestEvents::text)
        .containsExactly("c", "b");
  }

  @Test
  void the_log_is_read_from_its_very_start() {
    note("1", -1, "a");

    assertThat(await(log().read(EventLog.START, 1))).hasSize(1);
  }

  @Test
  void a_cursor_catches_up_and_goes_on_live_in_order() {
    long before = await(log().head());
    note("1", -1, "a", "b");
    try (LogCursor cursor = log().open(before, prefix)) {
      List<RecordedEvent> seen = collect(cursor, 2);
      note("2", -1, "c");
      note("1", 1, "d");
      seen.addAll(collect(cursor, 2));

      assertThat(seen).extracting(TestEvents::text).containsExactly("a", "b", "c", "d");
      assertThat(seen).extracting(RecordedEvent::position).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void a_cursor_goes_on_after_a_position_without_repeating_it() {
    long before = await(log().head());
    note("1", -1, "a", "b", "c");
    long middle = await(log().read(before, 2)).getLast().position();
    try (LogCursor cursor = log().open(middle, prefix)) {
      assertThat(collect(cursor, 1)).extracting(TestEvents::text).containsExactly("c");
    }
  }

  @Test
  void a_cursor_hands_out_no_more_than_was_asked_for() {
    long before = await(log().head());
    note("1", -1, "a", "b", "c", "d", "e");
    try (LogCursor cursor = log().open(before, prefix)) {
      List<RecordedEvent> seen = new ArrayList<>();
      while (seen.size() < 5) {
        LogBatch batch = await(cursor.next(2));
        assertThat(batch.events()).hasSizeLessThanOrEqualTo(2);
        seen.addAll(batch.events());
      }
      assertThat(seen).extracting(TestEvents::text).containsExactly("a", "b", "c", "d", "e");
    }
  }

  @Test
  void a_cursor_passes_over_what_its_filter_hides_and_says_so() {
    long before = await(log().head());
    StreamId hidden = StreamId.of("hidden", UUID.randomUUID().toString());
    long expected = -1;
    for (int i = 0; i < 4; i++) {
      List<NewEvent> events = IntStream.range(0, 500).mapToObj(n -> event("" + n)).toList();
      expected = await(store().append(hidden, expected, events)).revision();
    }
    try (LogCursor cursor = log().open(before, prefix)) {
      LogBatch batch = await(cursor.next(10));
      assertThat(batch.events()).isEmpty();
      assertThat(batch.position()).isGreaterThan(before);
    }
  }

  @Test
  void a_slow_reader_misses_nothing_of_a_long_log() {
    long before = await(log().head());
    int count = 5_000;
    long expected = -1;
    for (int i = 0; i < count; i += 500) {
      int from = i;
      List<NewEvent> events =
          IntStream.range(0, 500).mapToObj(n -> event("" + (from + n))).toList();
      expected = await(store().append(stream("long"), expected, events)).revision();
    }
    try (LogCursor cursor = log().open(before, prefix)) {
      List<RecordedEvent> seen = new ArrayList<>();
      while (seen.size() < count) {
        seen.addAll(await(cursor.next(37)).events());
      }
      assertThat(seen)
          .extracting(RecordedEvent::revision)
          .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Long::valueOf).toList());
    }
  }

  @Test
  void a_waiting_cursor_completes_as_soon_as_there_is_something() throws Exception {
    long before = await(log().head());
    try (LogCursor cursor = log().open(before, prefix)) {
      CompletableFuture<List<RecordedEvent>> waiting = first(cursor).subscribeAsCompletionStage();
      note("1", -1, "a");

      assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS))
          .extracting(TestEvents::text)
          .containsExactly("a");
    }
  }

  @Test
  void a_position_beyond_the_end_of_the_log_stops_its_reader_loudly() {
    Appended appended = note("1", -1, "a");
    try (LogCursor cursor = log().open(appended.position() + 1_000_000_000L, prefix)) {
      assertThatThrownBy(() -> await(cursor.next(1))).isInstanceOf(PositionBeyondLog.class);
    }
  }

  private static Uni<List<RecordedEvent>> first(LogCursor cursor) {
    return cursor
        .next(100)
        .flatMap(batch ->
            batch.events().isEmpty() ? first(cursor) : Uni.createFrom().item(batch.events()));
  }

  private static List<RecordedEvent> collect(LogCursor cursor, int count) {
    Instant bound = Instant.now().plus(BOUND);
    List<RecordedEvent> seen = new ArrayList<>();
    while (seen.size() < count) {
      assertThat(Instant.now()).as("%s of %s events seen", seen.size(), count).isBefore(bound);
      seen.addAll(await(cursor.next(100)).events());
    }
    return seen;
  }
}
