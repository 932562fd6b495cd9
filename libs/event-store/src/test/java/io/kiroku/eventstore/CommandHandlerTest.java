package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.CounterDecider.Command;
import io.kiroku.eventstore.CounterDecider.Command.Add;
import io.kiroku.eventstore.CounterDecider.Command.AddTwice;
import io.kiroku.eventstore.CounterDecider.Command.Reach;
import io.kiroku.eventstore.CounterDecider.CounterRejection;
import io.kiroku.eventstore.CounterDecider.Event;
import io.kiroku.eventstore.CounterDecider.Event.Added;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two handlers on one store are two processes.
class CommandHandlerTest {
  private static final StreamId STREAM = new StreamId("counter-1");

  private final InMemoryEventStore memory = new InMemoryEventStore();
  private final ObservedStore store = new ObservedStore(memory);
  private final CounterDecider decider = new CounterDecider();
  private final CommandHandler<Command, Long, Event> handler = handler(store);
  private final CommandHandler<Command, Long, Event> other = handler(memory);

  private CommandHandler<Command, Long, Event> handler(EventStore on) {
    EventCodec<Event> codec =
        JsonEventCodec.of(CounterDecider.TYPES, PersonKeys.NONE, Upcasters.NONE);
    return new CommandHandler<>(
        decider,
        codec,
        on,
        Snapshots.none(Long.class),
        OlderCommands.scanning(memory),
        HandlerLimits.DEFAULT);
  }

  private static CommandContext context(String key, String hash, @Nullable Long expected) {
    UUID id = CommandIds.commandId("default", "alice", key);
    return new CommandContext(id, hash, "alice", "default", id, id, null, null, expected);
  }

  private static CommandContext context(String key) {
    return context(key, "hash of " + key, null);
  }

  private static CommandContext anew() {
    return context(UUID.randomUUID().toString());
  }

  private static Accepted<Long, Event> accepted(Uni<CommandOutcome<Long, Event>> outcome) {
    return (Accepted<Long, Event>) await(outcome);
  }

  private static Rejection rejected(Uni<CommandOutcome<Long, Event>> outcome) {
    return ((Rejected<Long, Event>) await(outcome)).reason();
  }

  private List<RecordedEvent> recorded() {
    return await(memory.read(STREAM, 0));
  }

  @Test
  void an_accepted_command_is_recorded_and_answered_with_where_it_is() {
    Accepted<Long, Event> first = accepted(handler.handle(STREAM, new Add(5), anew()));
    Accepted<Long, Event> second = accepted(handler.handle(STREAM, new AddTwice(2), anew()));

    assertThat(first.state()).isEqualTo(5);
    assertThat(second.state()).isEqualTo(9);
    assertThat(second.events()).containsExactly(new Added(2), new Added(2));
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.position()).isEqualTo(recorded().getLast().position());
    assertThat(second.repeated()).isFalse();
  }

  @Test
  void events_carry_what_the_request_said() {
    CommandContext context = context("key");
    accepted(handler.handle(STREAM, new Add(5), context));

    assertThat(recorded().getFirst().metadata()).isEqualTo(context.metadata());
  }

  @Test
  void a_stream_in_memory_is_not_read_again() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    int reads = store.reads.get();
    for (int i = 0; i < 10; i++) {
      accepted(handler.handle(STREAM, new Add(1), anew()));
    }
    assertThat(store.reads.get()).isEqualTo(reads);
  }

  @Test
  void trap_7_the_same_command_again_gets_the_first_answer_and_appends_nothing() {
    Accepted<Long, Event> first = accepted(handler.handle(STREAM, new Add(5), context("key")));
    accepted(handler.handle(STREAM, new Add(1), anew()));

    for (CommandHandler<Command, Long, Event> process : List.of(handler, other)) {
      Accepted<Long, Event> again = accepted(process.handle(STREAM, new Add(5), context("key")));
      assertThat(again)
          .isEqualTo(new Accepted<>(STREAM, 0, first.position(), List.of(new Added(5)), 5L, true));
    }
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void the_first_answer_is_given_again_when_its_state_is_long_forgotten() {
    accepted(handler.handle(STREAM, new Add(5), anew()));
    Accepted<Long, Event> first = accepted(handler.handle(STREAM, new AddTwice(3), context("k")));
    for (int i = 0; i < 200; i++) {
      accepted(handler.handle(STREAM, new Add(1), anew()));
    }
    assertThat(accepted(handler.handle(STREAM, new AddTwice(3), context("k"))))
        .isEqualTo(
            new Accepted<>(STREAM, 2, first.position(), first.events(), first.state(), true));
  }

  @Test
  void another_request_under_the_same_key_is_refused() {
    accepted(handler.handle(STREAM, new Add(5), context("key", "one", null)));

    assertThat(rejected(handler.handle(STREAM, new Add(6), context("key", "two", null))))
        .isEqualTo(CommandRejection.COMMAND_ID_REUSED);
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void another_request_under_the_same_key_is_refused_when_both_race() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    store.beforeNextAppend =
        () -> accepted(other.handle(STREAM, new Add(5), context("key", "one", null)));

    assertThat(rejected(handler.handle(STREAM, new Add(6), context("key", "two", null))))
        .isEqualTo(CommandRejection.COMMAND_ID_REUSED);
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void trap_24_the_same_command_decided_differently_by_two_gets_one_answer() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    // One request, enriched twice: the second time with another price.
    store.beforeNextAppend = () -> accepted(other.handle(STREAM, new Add(5), context("key")));
    Accepted<Long, Event> loser = accepted(handler.handle(STREAM, new Add(7), context("key")));

    assertThat(loser.events()).containsExactly(new Added(5));
    assertThat(loser.state()).isEqualTo(6);
    assertThat(loser.repeated()).isTrue();
    assertThat(accepted(handler.handle(STREAM, new Add(1), anew())).state()).isEqualTo(7);
  }

  @Test
  void after_a_conflict_only_what_is_new_is_read_and_the_command_is_decided_again() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    store.beforeNextAppend = () -> accepted(other.handle(STREAM, new Add(10), anew()));
    int before = store.eventsRead.get();
    Accepted<Long, Event> outcome = accepted(handler.handle(STREAM, new Add(100), anew()));

    assertThat(outcome.state()).isEqualTo(111);
    assertThat(store.eventsRead.get() - before).isEqualTo(1);
  }

  @Test
  void trap_3_a_failed_append_is_not_run_again_to_find_out_why() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    int before = store.appends.get();
    store.loseNextAnswer = true;

    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(2), anew())))
        .isInstanceOf(EventStoreUnavailable.class);
    assertThat(store.appends.get() - before).isEqualTo(1);
  }

  @Test
  void a_command_whose_answer_was_lost_is_found_when_it_comes_again() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    store.loseNextAnswer = true;
    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(2), context("key"))))
        .isInstanceOf(EventStoreUnavailable.class);

    Accepted<Long, Event> again = accepted(handler.handle(STREAM, new Add(2), context("key")));
    assertThat(again.repeated()).isTrue();
    assertThat(again.state()).isEqualTo(3);
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void trap_28_a_store_that_was_away_leaves_nothing_wrong_in_memory() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    store.away = true;
    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(2), anew())))
        .isInstanceOf(EventStoreUnavailable.class);
    accepted(other.handle(STREAM, new Add(10), anew()));
    store.away = false;

    assertThat(accepted(handler.handle(STREAM, new Add(100), anew())).state()).isEqualTo(111);
  }

  @Test
  void a_refusal_is_not_given_on_a_stale_state() {
    assertThat(rejected(handler.handle(STREAM, new AddTwice(1), anew())))
        .isEqualTo(CounterRejection.NOTHING_TO_ADD_TO);
    accepted(other.handle(STREAM, new Add(1), anew()));

    assertThat(accepted(handler.handle(STREAM, new AddTwice(1), anew())).state()).isEqualTo(3);
  }

  @Test
  void a_refusal_from_memory_is_confirmed_by_the_store() {
    accepted(handler.handle(STREAM, new Add(CounterDecider.LIMIT), anew()));
    accepted(other.handle(STREAM, new Add(-10), anew()));

    assertThat(accepted(handler.handle(STREAM, new Add(5), anew())).state())
        .isEqualTo(CounterDecider.LIMIT - 5);
  }

  @Test
  void that_there_is_nothing_to_do_is_confirmed_by_the_store() {
    accepted(handler.handle(STREAM, new Add(10), anew()));
    accepted(other.handle(STREAM, new Add(-10), anew()));

    assertThat(accepted(handler.handle(STREAM, new Reach(10), anew())).events())
        .containsExactly(new Added(10));
    assertThat(accepted(handler.handle(STREAM, new Reach(10), anew())).events()).isEmpty();
  }

  @Test
  void an_expected_revision_is_compared_with_the_store_and_not_with_memory() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    accepted(other.handle(STREAM, new Add(1), anew()));

    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(1), context("a", "h", 0L))))
        .isInstanceOf(ConcurrencyConflict.class);
    assertThat(accepted(handler.handle(STREAM, new Add(1), context("b", "h", 1L))).revision())
        .isEqualTo(2);
  }

  @Test
  void an_expected_revision_is_never_retried() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    int before = decider.decisions.get();
    store.beforeNextAppend = () -> accepted(other.handle(STREAM, new Add(1), anew()));

    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(1), context("a", "h", 0L))))
        .isInstanceOf(ConcurrencyConflict.class);
    assertThat(decider.decisions.get() - before).as("one decision each").isEqualTo(2);
  }

  @Test
  void a_repeated_command_with_an_expected_revision_gets_its_first_answer() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    accepted(handler.handle(STREAM, new Add(1), context("key", "h", 0L)));

    Accepted<Long, Event> again =
        accepted(handler.handle(STREAM, new Add(1), context("key", "h", 0L)));
    assertThat(again.repeated()).isTrue();
    assertThat(again.revision()).isEqualTo(1);
  }

  @Test
  void a_repeated_command_that_races_with_itself_gets_its_first_answer() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    store.beforeNextAppend =
        () -> accepted(other.handle(STREAM, new Add(3), context("key", "h", 0L)));

    Accepted<Long, Event> outcome =
        accepted(handler.handle(STREAM, new Add(2), context("key", "h", 0L)));
    assertThat(outcome.repeated()).isTrue();
    assertThat(outcome.events()).containsExactly(new Added(3));
  }

  @Test
  void conflicts_are_retried_a_bounded_number_of_times() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    int[] conflicts = {0};
    Runnable[] faster = new Runnable[1];
    faster[0] =
        () -> {
          conflicts[0]++;
          accepted(other.handle(STREAM, new Add(1), anew()));
          store.beforeNextAppend = faster[0];
        };
    store.beforeNextAppend = faster[0];

    assertThatThrownBy(() -> await(handler.handle(STREAM, new Add(1), anew())))
        .isInstanceOf(ConcurrencyConflict.class);
    assertThat(conflicts[0]).isEqualTo(1 + HandlerLimits.DEFAULT.conflictRetriesMax());
  }

  @Test
  void trap_6_commands_of_one_process_on_one_stream_never_conflict() {
    int count = 500;
    List<CompletableFuture<CommandOutcome<Long, Event>>> all =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(_ -> handler.handle(STREAM, new Add(1), anew()).subscribeAsCompletionStage())
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(recorded()).hasSize(count);
    assertThat(store.appends.get()).isEqualTo(count);
  }

  @Test
  void a_stream_of_another_tenant_is_as_good_as_none() {
    accepted(handler.handle(STREAM, new Add(1), anew()));
    UUID id = UUID.randomUUID();
    CommandContext stranger =
        new CommandContext(id, "hash", "mallory", "elsewhere", id, id, null, null, null);

    assertThat(rejected(handler.handle(STREAM, new AddTwice(1), stranger)))
        .isEqualTo(CounterRejection.NOTHING_TO_ADD_TO);
    assertThat(rejected(handler.handle(STREAM, new Add(1), stranger)))
        .isEqualTo(CommandRejection.STREAM_NOT_FOUND);
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void a_stream_that_the_caller_may_not_see_is_as_good_as_none() {
    accepted(handler.handle(STREAM, new Add(1), anew()));

    assertThat(
            rejected(
                handler.handle(
                    STREAM, new AddTwice(1), anew(), folded -> "bob".equals(folded.owner()))))
        .isEqualTo(CounterRejection.NOTHING_TO_ADD_TO);
    assertThat(
            accepted(
                    handler.handle(
                        STREAM, new AddTwice(1), anew(), folded -> "alice".equals(folded.owner())))
                .state())
        .isEqualTo(3);
  }

  @Test
  void loading_sees_what_other_processes_wrote() {
    assertThat(await(handler.load(STREAM)).exists()).isFalse();
    accepted(handler.handle(STREAM, new Add(1), anew()));
    accepted(other.handle(STREAM, new Add(10), anew()));

    Folded<Long> loaded = await(handler.load(STREAM));
    assertThat(loaded)
        .isEqualTo(new Folded<>(11L, 1, recorded().getLast().position(), "default", "alice"));
  }

  @Test
  void a_command_on_a_long_stream_folds_only_its_own_events() {
    int count = 100_000;
    EventCodec<Event> codec =
        JsonEventCodec.of(CounterDecider.TYPES, PersonKeys.NONE, Upcasters.NONE);
    byte[] json = await(codec.encode("default", new Added(1)));
    List<NewEvent> events =
        IntStream.range(0, count)
            .mapToObj(i ->
                new NewEvent(new UUID(1, i), "counter-added.v1", json, context("e" + i).metadata()))
            .toList();
    await(memory.append(STREAM, -1, events));
    accepted(handler.handle(STREAM, new Add(1), anew()));

    int before = decider.folded.get();
    accepted(handler.handle(STREAM, new Add(1), anew()));
    assertThat(decider.folded.get() - before).isEqualTo(1);
    assertThat(store.eventsRead.get()).isEqualTo(count);
    assertThat(accepted(handler.handle(STREAM, new Add(1), context("e7", "hash of e7", null))))
        .returns(7L, Accepted::revision)
        .returns(8L, Accepted::state);
  }

  @Test
  void a_state_does_not_stay_in_memory_for_ever() {
    CommandHandler<Command, Long, Event> forgetful =
        new CommandHandler<>(
            decider,
            JsonEventCodec.of(CounterDecider.TYPES, PersonKeys.NONE, Upcasters.NONE),
            store,
            Snapshots.none(Long.class),
            OlderCommands.scanning(memory),
            HandlerLimits.DEFAULT.cachingFor(Duration.ZERO));
    accepted(forgetful.handle(STREAM, new Add(1), anew()));
    int before = decider.folded.get();

    accepted(forgetful.handle(STREAM, new Add(1), anew()));

    assertThat(decider.folded.get() - before).isEqualTo(2);
  }
}
