package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static io.kiroku.eventstore.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [EventStore] does. The store may hold other streams already.
public abstract class EventStoreContract {
  private final StreamId stream = StreamId.of("contract", UUID.randomUUID().toString());

  protected abstract EventStore store();

  @Test
  void a_stream_that_nobody_wrote_to_is_empty() {
    assertThat(await(store().read(stream, 0))).isEmpty();
  }

  @Test
  void what_was_appended_is_read_back() {
    NewEvent first = event("one");
    NewEvent second = event("two");
    Appended appended = await(store().append(stream, -1, List.of(first, second)));

    List<RecordedEvent> read = await(store().read(stream, 0));
    assertThat(read).extracting(RecordedEvent::id).containsExactly(first.id(), second.id());
    assertThat(read).extracting(RecordedEvent::revision).containsExactly(0L, 1L);
    assertThat(read).extracting(RecordedEvent::stream).containsOnly(stream);
    assertThat(read).extracting(RecordedEvent::type).containsOnly("noted.v1");
    assertThat(read).extracting(TestEvents::text).containsExactly("one", "two");
    assertThat(read.getFirst().metadata()).isEqualTo(first.metadata());
    assertThat(read.getFirst().position()).isLessThan(read.getLast().position());
    assertThat(appended).isEqualTo(new Appended(1, read.getLast().position()));
  }

  @Test
  void a_part_of_a_stream_is_read_from_a_revision_on() {
    await(store().append(stream, -1, List.of(event("a"), event("b"), event("c"), event("d"))));

    assertThat(await(store().read(stream, 2)))
        .extracting(TestEvents::text)
        .containsExactly("c", "d");
    assertThat(await(store().read(stream, 1, 2)))
        .extracting(TestEvents::text)
        .containsExactly("b", "c");
    assertThat(await(store().read(stream, 4))).isEmpty();
    assertThat(await(store().read(stream, 40))).isEmpty();
  }

  @Test
  void a_long_stream_is_read_whole() {
    List<NewEvent> events = IntStream.range(0, 2_500).mapToObj(i -> event("" + i)).toList();
    await(store().append(stream, -1, events.subList(0, 1_500)));
    await(store().append(stream, 1_499, events.subList(1_500, 2_500)));

    assertThat(await(store().read(stream, 0)))
        .extracting(RecordedEvent::id)
        .containsExactlyElementsOf(events.stream().map(NewEvent::id).toList());
  }

  @Test
  void another_revision_than_expected_is_a_conflict_and_writes_nothing() {
    await(store().append(stream, -1, List.of(event("one"))));

    for (long expected : new long[] {-1, 1, 5}) {
      assertThatThrownBy(() -> await(store().append(stream, expected, List.of(event("two")))))
          .isInstanceOfSatisfying(
              ConcurrencyConflict.class,
              conflict -> {
                assertThat(conflict.stream()).isEqualTo(stream);
                assertThat(conflict.expectedRevision()).isEqualTo(expected);
              });
    }
    assertThat(await(store().read(stream, 0))).hasSize(1);
  }

  @Test
  void trap_6_of_two_who_expect_the_same_revision_one_wins() {
    await(store().append(stream, -1, List.of(event("one"))));
    List<CompletableFuture<Boolean>> races =
        IntStream.range(0, 8)
            .mapToObj(i ->
                store()
                    .append(stream, 0, List.of(event("racer " + i)))
                    .map(_ -> true)
                    .onFailure(ConcurrencyConflict.class)
                    .recoverWithItem(false)
                    .subscribeAsCompletionStage())
            .toList();

    assertThat(races.stream().filter(CompletableFuture::join)).hasSize(1);
    assertThat(await(store().read(stream, 0))).hasSize(2);
  }

  @Test
  void the_same_ids_at_the_same_place_are_answered_as_the_first_time() {
    List<NewEvent> events = List.of(event("one"), event("two"));
    Appended first = await(store().append(stream, -1, events));
    await(store().append(stream, 1, List.of(event("three"))));

    assertThat(await(store().append(stream, -1, events))).isEqualTo(first);
    assertThat(await(store().read(stream, 0))).hasSize(3);
  }

  @Test
  void trap_23_the_same_ids_after_the_current_revision_are_written_twice() {
    List<NewEvent> events = List.of(event("one"));
    await(store().append(stream, -1, events));
    await(store().append(stream, 0, events));

    assertThat(await(store().read(stream, 0))).hasSize(2);
  }

  @Test
  void trap_24_the_same_ids_with_other_content_are_answered_with_success_and_dropped() {
    UUID id = UUID.randomUUID();
    Appended first = await(store().append(stream, -1, List.of(event(id, "one"))));

    assertThat(await(store().append(stream, -1, List.of(event(id, "other"))))).isEqualTo(first);
    assertThat(await(store().read(stream, 0))).extracting(TestEvents::text).containsExactly("one");
  }
}
