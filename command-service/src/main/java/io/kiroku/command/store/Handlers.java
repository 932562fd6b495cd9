package io.kiroku.command.store;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.decider.Decider;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.SnapshotPolicy;
import io.kiroku.eventstore.SnapshotStore;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StateShape;
import jakarta.inject.Singleton;

/// Makes the command handlers of all contexts alike.
@Singleton
public final class Handlers {
  private final EventStore store;
  private final PersonKeys keys;
  private final SnapshotStore snapshots;
  private final SnapshotConfig config;
  private final OlderCommands olderCommands;
  private final HandlerLimits limits;

  Handlers(
      EventStore store,
      PersonKeys keys,
      SnapshotStore snapshots,
      SnapshotConfig config,
      OlderCommands olderCommands,
      HandlerLimits limits) {
    this.store = store;
    this.keys = keys;
    this.snapshots = snapshots;
    this.config = config;
    this.olderCommands = olderCommands;
    this.limits = limits;
  }

  /// @param category of the streams that are decided on
  public <C, S, E> CommandHandler<C, S, E> of(
      String category, Decider<C, S, E> decider, StateShape<S> shape) {
    var policy = new SnapshotPolicy(config.everyEvents().getOrDefault(category, 0));
    return new CommandHandler<>(
        decider,
        StoredEvents.codec(keys),
        store,
        new Snapshots<>(snapshots, policy, shape, keys),
        olderCommands,
        limits);
  }
}
