package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.BOUND;
import static io.kiroku.eventstore.TestEvents.await;
import static io.kiroku.eventstore.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.EventFeeds.FeedCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [EventFeeds] does.
public abstract class EventFeedsContract {
  private final String category = "feed" + Long.toUnsignedString(UUID.randomUUID().hashCode());
  private final String group = "group-" + category;
  private final Set<String> prefix = Set.of(category + "-");

  protected abstract EventStore store();

  protected abstract EventFeeds feeds();

  private List<UUID> note(String id, int count) {
    List<NewEvent> events = IntStream.range(0, count).mapToObj(i -> event(id + i)).toList();
    await(store().append(StreamId.of(category, id), -1, events));
    return events.stream().map(NewEvent::id).toList();
  }

  @Test
  void a_group_begins_with_the_first_event_and_goes_on_live() {
    List<UUID> written = new ArrayList<>(note("1", 3));
    await(feeds().ensure(group, prefix));
    try (FeedCursor member = feeds().open(group)) {
      List<UUID> seen = collect(member, 3);
      written.addAll(note("2", 2));
      seen.addAll(collect(member, 2));

      assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void a_group_that_is_there_is_left_alone() {
    List<UUID> written = note("1", 2);
    await(feeds().ensure(group, prefix));
    await(feeds().ensure(group, prefix));
    try (FeedCursor member = feeds().open(group)) {
      assertThat(collect(member, 2)).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void a_group_that_was_removed_begins_anew_and_one_that_is_missing_is_no_failure() {
    List<UUID> written = note("1", 2);
    await(feeds().remove(group));
    await(feeds().ensure(group, prefix));
    try (FeedCursor member = feeds().open(group)) {
      assertThat(collect(member, 2)).containsExactlyInAnyOrderElementsOf(written);
    }
    await(feeds().remove(group));
    await(feeds().remove(group));
    await(feeds().ensure(group, prefix));
    try (FeedCursor member = feeds().open(group)) {
      assertThat(collect(member, 2)).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void a_group_sees_its_streams_only() {
    await(store().append(StreamId.of("x" + category, "1"), -1, List.of(event("hidden"))));
    List<UUID> written = new ArrayList<>(note("1", 1));
    NewEvent more = event("of another stream");
    await(store().append(StreamId.of("y" + category, "1"), -1, List.of(more)));
    written.add(more.id());
    await(feeds().ensure(group, Set.of(category + "-", "y" + category + "-")));
    try (FeedCursor member = feeds().open(group)) {
      assertThat(collect(member, 2)).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void trap_21_what_was_not_acknowledged_comes_again() {
    List<UUID> written = note("1", 5);
    await(feeds().ensure(group, prefix));
    Set<UUID> acknowledged = new HashSet<>();
    try (FeedCursor member = feeds().open(group)) {
      List<RecordedEvent> events = new ArrayList<>();
      while (events.size() < 5) {
        events.addAll(await(member.next(100)));
      }
      member.ack(events.subList(0, 2));
      events.subList(0, 2).forEach(event -> acknowledged.add(event.id()));
    }
    Set<UUID> rest = new HashSet<>(written);
    rest.removeAll(acknowledged);
    try (FeedCursor next = feeds().open(group)) {
      Set<UUID> again = new HashSet<>();
      Instant bound = Instant.now().plus(BOUND);
      while (!again.containsAll(rest)) {
        assertThat(Instant.now()).isBefore(bound);
        await(next.next(100)).forEach(event -> again.add(event.id()));
      }
    }
  }

  @Test
  void many_events_reach_a_member_that_acknowledges_in_batches() {
    List<UUID> written = note("1", 900);
    await(feeds().ensure(group, prefix));
    try (FeedCursor member = feeds().open(group)) {
      assertThat(collect(member, 900)).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  private static List<UUID> collect(FeedCursor member, int count) {
    Instant bound = Instant.now().plus(BOUND);
    List<UUID> seen = new ArrayList<>();
    while (seen.size() < count) {
      assertThat(Instant.now()).as("%s of %s events seen", seen.size(), count).isBefore(bound);
      List<RecordedEvent> events = await(member.next(200));
      events.forEach(event -> seen.add(event.id()));
      member.ack(events);
    }
    return seen;
  }
}
