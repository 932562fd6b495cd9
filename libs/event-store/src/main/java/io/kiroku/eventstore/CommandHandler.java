package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandRun.Answer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The only meeting point of rules and I/O: folds a stream, decides, appends. One per category and
/// process: it keeps folded streams in memory, and puts the commands on one stream in a row.
///
/// A command id that was seen gets its first answer again; a refusal, or a decision that nothing is
/// to be done, is only given on a state that was read just now. Never blocks, emits on any thread.
///
/// @param <C> commands
/// @param <S> state, immutable
/// @param <E> events
public final class CommandHandler<C, S, E> {
  private final Decider<C, S, E> decider;
  private final EventCodec<E> codec;
  private final EventStore store;
  private final HandlerLimits limits;
  private final StreamQueues queues;
  private final StreamMemories<S, E> memories;
  private final OlderCommands olderCommands;

  /// @param snapshots [Snapshots#none] for a category whose streams are short
  /// @param olderCommands see [HandlerLimits#commandsRememberedMin]
  public CommandHandler(
      Decider<C, S, E> decider,
      EventCodec<E> codec,
      EventStore store,
      Snapshots<S> snapshots,
      OlderCommands olderCommands,
      HandlerLimits limits) {
    this.decider = decider;
    this.codec = codec;
    this.store = store;
    this.limits = limits;
    this.olderCommands = olderCommands;
    this.queues = new StreamQueues(limits);
    this.memories = new StreamMemories<>(decider, codec, store, snapshots, limits);
  }

  /// Handles a command; a stream of another tenant is as good as none.
  ///
  /// Fails with [ConcurrencyConflict] if the stream is not where the caller expects it, or if other
  /// processes were faster too often; with [EventStoreUnavailable] if the store does not answer or
  /// too much waits for the stream: the same command may then be sent again.
  public Uni<CommandOutcome<S, E>> handle(StreamId stream, C command, CommandContext context) {
    return handle(stream, command, context, _ -> true);
  }

  /// Handles a command for somebody who does not see every stream.
  ///
  /// @param visible about a stream that exists; if not, the answer is that of an unknown id
  public Uni<CommandOutcome<S, E>> handle(
      StreamId stream, C command, CommandContext context, Predicate<Folded<S>> visible) {
    Predicate<Folded<S>> ofTenant = folded -> context.tenant().equals(folded.tenant());
    return queues
        .enqueue(
            stream,
            () ->
                new CommandRun<>(
                        decider,
                        codec,
                        store,
                        memories,
                        olderCommands,
                        stream,
                        command,
                        context,
                        ofTenant.and(visible))
                    .answer(limits.conflictRetriesMax()))
        .flatMap(answer ->
            switch (answer) {
              case Answer.Decided<S, E>(var outcome) -> Uni.createFrom().item(outcome);
              // Outside the queue: what is long past needs no place in the row.
              case Answer.Again<S, E>(long first, long last, var state) ->
                  firstAnswer(stream, first, last, state);
            });
  }

  /// The stream as it is now; only what is new is read.
  public Uni<Folded<S>> load(StreamId stream) {
    return queues.enqueue(stream, () -> memories.fresh(stream).map(StreamMemory::folded));
  }

  private Uni<CommandOutcome<S, E>> firstAnswer(
      StreamId stream, long first, long last, @Nullable S state) {
    long from = state == null ? 0 : first;
    return store
        .read(stream, from, last - from + 1)
        .flatMap(codec::decodeAll)
        .map(history -> {
          List<E> events = history.stream().map(Recorded::event).toList();
          S then = state == null ? decider.fold(events) : state;
          long position = history.getLast().envelope().position();
          List<E> answered = events.subList((int) (first - from), events.size());
          return new Accepted<>(stream, last, position, answered, then, true);
        });
  }
}
