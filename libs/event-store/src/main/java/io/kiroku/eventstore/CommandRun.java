package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One command on its stream, from the first look to the answer. Runs inside the stream's queue.
final class CommandRun<C, S, E> {
  private final Decider<C, S, E> decider;
  private final EventCodec<E> codec;
  private final EventStore store;
  private final StreamMemories<S, E> memories;
  private final OlderCommands olderCommands;
  private final StreamId stream;
  private final C command;
  private final CommandContext context;
  private final Predicate<Folded<S>> visible;

  /// What the queue hands out.
  sealed interface Answer<S, E> {
    record Decided<S, E>(CommandOutcome<S, E> outcome) implements Answer<S, E> {}

    /// The command was accepted before; its events have to be read again.
    ///
    /// @param state after the command, if it is still known
    record Again<S, E>(long first, long last, @Nullable S state) implements Answer<S, E> {}
  }

  CommandRun(
      Decider<C, S, E> decider,
      EventCodec<E> codec,
      EventStore store,
      StreamMemories<S, E> memories,
      OlderCommands olderCommands,
      StreamId stream,
      C command,
      CommandContext context,
      Predicate<Folded<S>> visible) {
    this.decider = decider;
    this.codec = codec;
    this.store = store;
    this.memories = memories;
    this.olderCommands = olderCommands;
    this.stream = stream;
    this.command = command;
    this.context = context;
    this.visible = visible;
  }

  Uni<Answer<S, E>> answer(int conflictRetries) {
    // What the caller claims to have seen is compared with what is, never with what was.
    if (context.expectedRevision() != null) {
      return memories.fresh(stream).flatMap(memory -> decide(memory, true, conflictRetries));
    }
    return memories
        .find(stream)
        .flatMap(found -> decide(found.memory(), found.fresh(), conflictRetries));
  }

  private Uni<Answer<S, E>> decide(StreamMemory<S, E> memory, boolean fresh, int retries) {
    boolean hidden = memory.revision() != EventStore.NO_STREAM && !visible.test(memory.folded());
    return hidden
        ? decideUnseen(memory, fresh, retries, true)
        : seen(memory)
            .flatMap(seen ->
                seen.isPresent()
                    ? Uni.createFrom().item(again(memory, seen.get()))
                    : decideUnseen(memory, fresh, retries, false));
  }

  private Uni<Optional<SeenCommand>> seen(StreamMemory<S, E> memory) {
    SeenCommand recent = memory.seen(context.commandId());
    long forgottenBefore = memory.commandsForgottenBefore();
    return recent != null || forgottenBefore == 0
        ? Uni.createFrom().item(Optional.ofNullable(recent))
        : olderCommands.find(stream, context.commandId(), forgottenBefore);
  }

  /// @param hidden the stream exists, but not for this caller
  private Uni<Answer<S, E>> decideUnseen(
      StreamMemory<S, E> memory, boolean fresh, int retries, boolean hidden) {
    Long expected = context.expectedRevision();
    if (!hidden && expected != null && memory.revision() != expected) {
      return Uni.createFrom().failure(new ConcurrencyConflict(stream, expected));
    }
    // A stranger learns what he would learn about an id that nobody has.
    S state = hidden ? decider.initial() : memory.state();
    return switch (decider.decide(command, state)) {
      case Decision.Rejected<E>(var reason) when fresh || hidden -> rejected(reason);
      case Decision.Rejected<E> _ -> decideAfresh(retries);
      case Decision.Accepted<E> _ when hidden -> rejected(CommandRejection.STREAM_NOT_FOUND);
      case Decision.Accepted<E>(var events) when !events.isEmpty() ->
          append(memory, events, retries);
      case Decision.Accepted<E> _ when fresh -> Uni.createFrom().item(decided(memory, List.of()));
      case Decision.Accepted<E> _ -> decideAfresh(retries);
    };
  }

  private Uni<Answer<S, E>> decideAfresh(int retries) {
    return memories.fresh(stream).flatMap(memory -> decide(memory, true, retries));
  }

  private Uni<Answer<S, E>> append(StreamMemory<S, E> memory, List<E> events, int retries) {
    return codec
        .encodeAll(context.tenant(), events)
        .flatMap(data -> store.append(stream, memory.revision(), newEvents(events, data)))
        .onItemOrFailure()
        .transformToUni((appended, failure) ->
            switch (failure) {
              case null -> Uni.createFrom().item(() -> appended(memory, events, appended));
              case ConcurrencyConflict conflict -> afterConflict(conflict, retries);
              default -> {
                // It may have been written all the same: nothing in memory can be trusted.
                memories.forget(stream);
                yield Uni.createFrom().failure(failure);
              }
            });
  }

  private Answer<S, E> appended(StreamMemory<S, E> memory, List<E> events, Appended appended) {
    memories.appended(stream, memory, context.metadata(), events, appended);
    return decided(memory, events);
  }

  /// The only thing that is done again is the decision, on what the other writer left.
  private Uni<Answer<S, E>> afterConflict(ConcurrencyConflict conflict, int retries) {
    return memories
        .fresh(stream)
        .flatMap(memory -> {
          SeenCommand seen = memory.seen(context.commandId());
          if (seen != null) {
            return Uni.createFrom().item(again(memory, seen));
          }
          return context.expectedRevision() != null || retries == 0
              ? Uni.createFrom().failure(conflict)
              : decide(memory, true, retries - 1);
        });
  }

  private List<NewEvent> newEvents(List<E> events, List<byte[]> data) {
    EventMetadata metadata = context.metadata();
    List<NewEvent> made = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      byte[] json = data.get(i);
      made.add(
          new NewEvent(
              CommandIds.eventId(context.commandId(), context.requestHash(), i, json),
              codec.typeOf(events.get(i)),
              json,
              metadata));
    }
    return made;
  }

  private Answer<S, E> again(StreamMemory<S, E> memory, SeenCommand seen) {
    if (!seen.hasHash(context.requestHash())) {
      return new Answer.Decided<>(new Rejected<>(CommandRejection.COMMAND_ID_REUSED));
    }
    return new Answer.Again<>(seen.first(), seen.last(), memory.stateAfter(context.commandId()));
  }

  private Answer<S, E> decided(StreamMemory<S, E> memory, List<E> events) {
    return new Answer.Decided<>(
        new Accepted<>(
            stream, memory.revision(), memory.position(), events, memory.state(), false));
  }

  private Uni<Answer<S, E>> rejected(Rejection reason) {
    return Uni.createFrom().item(new Answer.Decided<>(new Rejected<>(reason)));
  }
}
