package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decider;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.CounterDecider.Command;
import io.kiroku.eventstore.CounterDecider.Command.Add;
import io.kiroku.eventstore.CounterDecider.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Each handler is a process of its own: what it knows, it knows from the store.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnapshotsTest {
  private static final StreamId STREAM = new StreamId("counter-1");
  private static final StreamId KEPT = new StreamId("snapshot_counter-1");
  private static final SnapshotPolicy EVERY_TEN = new SnapshotPolicy(10);
  private static final StateShape<Long> SHAPE = StateShape.of(Long.class, 1);

  private final InMemoryEventStore memory = new InMemoryEventStore();
  private final ObservedStore store = new ObservedStore(memory);
  private final InMemorySnapshotStore kept = new InMemorySnapshotStore();
  private final EventCodec<Event> codec =
      JsonEventCodec.of(CounterDecider.TYPES, PersonKeys.NONE, Upcasters.NONE);

  private CommandHandler<Command, Long, Event> process(StateShape<Long> shape, int remembered) {
    Decider<Command, Long, Event> decider = new CounterDecider();
    return new CommandHandler<>(
        decider,
        codec,
        store,
        new Snapshots<>(kept, EVERY_TEN, shape, PersonKeys.NONE),
        OlderCommands.scanning(memory),
        HandlerLimits.DEFAULT.remembering(remembered));
  }

  private CommandHandler<Command, Long, Event> process() {
    return process(SHAPE, 10_000);
  }

  private static CommandContext context(String key, String hash) {
    UUID id = CommandIds.commandId("default", "alice", key);
    String digits = CommandIds.requestHash(hash.getBytes(StandardCharsets.UTF_8));
    return new CommandContext(id, digits, "alice", "default", id, id, null, null, null);
  }

  private static Accepted<Long, Event> add(CommandHandler<Command, Long, Event> process, int key) {
    return (Accepted<Long, Event>)
        await(process.handle(STREAM, new Add(1), context("key " + key, "hash " + key)));
  }

  private void addMany(int count) {
    CommandHandler<Command, Long, Event> process = process();
    IntStream.range(0, count).forEach(key -> add(process, key));
  }

  @Test
  void a_process_reads_the_newest_snapshot_and_what_came_after_it() {
    addMany(25);
    store.eventsRead.set(0);

    Folded<Long> folded = await(process().load(STREAM));

    assertThat(folded.state()).isEqualTo(25);
    assertThat(folded.revision()).isEqualTo(24);
    assertThat(folded.owner()).isEqualTo("alice");
    assertThat(folded.tenant()).isEqualTo("default");
    // The snapshot is of revision 19, and its own event is read to compare.
    assertThat(store.eventsRead).hasValue(6);
  }

  @Test
  void commands_before_the_snapshot_are_known_and_answered_as_the_first_time() {
    addMany(25);

    CommandHandler<Command, Long, Event> restarted = process();
    Accepted<Long, Event> again = add(restarted, 3);

    assertThat(again.repeated()).isTrue();
    assertThat(again.revision()).isEqualTo(3);
    assertThat(again.state()).isEqualTo(4);
    assertThat(await(memory.read(STREAM, 0))).hasSize(25);
  }

  @Test
  void the_key_of_a_command_before_the_snapshot_is_refused_for_other_content() {
    addMany(25);

    var outcome = await(process().handle(STREAM, new Add(7), context("key 3", "another hash")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.reason()).isEqualTo(CommandRejection.COMMAND_ID_REUSED));
  }

  @Test
  void commands_older_than_what_a_snapshot_holds_are_known_too() {
    CommandHandler<Command, Long, Event> forgetful = process(SHAPE, 10);
    IntStream.range(0, 45).forEach(key -> add(forgetful, key));

    for (CommandHandler<Command, Long, Event> process : List.of(forgetful, process(SHAPE, 10))) {
      IntStream.range(0, 45)
          .forEach(key -> assertThat(add(process, key).revision()).isEqualTo(key));
    }
    assertThat(await(memory.read(STREAM, 0))).hasSize(45);
  }

  @Test
  void a_snapshot_of_another_shape_is_passed_over() {
    addMany(25);
    store.eventsRead.set(0);

    Folded<Long> folded = await(process(StateShape.of(Long.class, 2), 10_000).load(STREAM));

    assertThat(folded.state()).isEqualTo(25);
    assertThat(store.eventsRead).hasValue(25);
  }

  @Test
  void an_unreadable_snapshot_is_passed_over() {
    addMany(25);
    byte[] torn =
        "{\"shape\":\"%s\",\"revision\":9,\"part\":0,\"of\":1,\"content\":\"AAAA\"}"
            .formatted(new SnapshotJson<>(SHAPE, PersonKeys.NONE).shape())
            .getBytes(StandardCharsets.UTF_8);
    for (byte[] data : List.of(torn, new byte[] {'?'})) {
      var part = new NewEvent(UUID.randomUUID(), Snapshots.TYPE, data, TestEvents.metadata());
      await(kept.put(KEPT, List.of(part)));

      assertThat(await(process().load(STREAM)).state()).isEqualTo(25);
    }
  }

  @Test
  void a_snapshot_beyond_the_end_of_its_stream_is_passed_over() {
    addMany(25);
    var restored = new InMemoryEventStore();

    var process =
        new CommandHandler<>(
            new CounterDecider(),
            codec,
            restored,
            new Snapshots<>(kept, EVERY_TEN, SHAPE, PersonKeys.NONE),
            OlderCommands.scanning(restored),
            HandlerLimits.DEFAULT);

    assertThat(await(process.load(STREAM)).exists()).isFalse();
  }

  @Test
  void a_big_snapshot_is_kept_in_parts() {
    var random = new Random(1);
    byte[] commands = new byte[2_000_000];
    random.nextBytes(commands);
    var snapshots = new Snapshots<>(kept, EVERY_TEN, SHAPE, PersonKeys.NONE);

    await(
        snapshots.save(
            STREAM,
            new Snapshot<>(7L, 9, 900, "default", "alice", commands),
            TestEvents.metadata()));

    assertThat(await(kept.latest(KEPT, 50))).hasSizeGreaterThan(3);
    Snapshot<Long> read = await(snapshots.latest(STREAM)).orElseThrow();
    assertThat(read.state()).isEqualTo(7);
    assertThat(read.commands()).isEqualTo(commands);
  }
}
