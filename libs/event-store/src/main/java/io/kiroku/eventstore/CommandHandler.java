package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.smallrye.mutiny.Uni;
import java.util.function.Predicate;

/// The only meeting point of rules and I/O.
public final class CommandHandler<C, S, E> {
  public CommandHandler(
      Decider<C, S, E> decider, EventCodec<E> codec, EventStore store, HandlerLimits limits) {}

  public Uni<CommandOutcome<S, E>> handle(StreamId stream, C command, CommandContext context) {
    return Uni.createFrom().failure(new UnsupportedOperationException("not built yet"));
  }

  public Uni<CommandOutcome<S, E>> handle(
      StreamId stream, C command, CommandContext context, Predicate<Folded<S>> visible) {
    return Uni.createFrom().failure(new UnsupportedOperationException("not built yet"));
  }

  public Uni<Folded<S>> load(StreamId stream) {
    return Uni.createFrom().failure(new UnsupportedOperationException("not built yet"));
  }
}
