package io.kiroku.eventstore.node.groups;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the consumer of a message. Guarded by its group.
interface Dispatch {
  /// A consumer with a free slot, or null if the message must wait.
  @Nullable GroupConsumer choose(Message message);

  /// Whether other messages may still find a consumer when one did not. This happens whenever a
  /// message is acknowledged: false saves the look at all others that wait.
  boolean mayPassOver();

  void connected(GroupConsumer consumer);

  void disconnected(GroupConsumer consumer);

  List<GroupConsumer> consumers();

  /// Fails with [GroupRefused] if there is no such strategy.
  static Dispatch named(String strategy, GroupId id) {
    return switch (strategy) {
      case "RoundRobin" -> new RotatingDispatch(true);
      case "DispatchToSingle" -> new RotatingDispatch(false);
      case "Pinned", "PinnedByCorrelation" ->
          new PinnedDispatch(strategy.equals("PinnedByCorrelation"));
      case String other ->
          throw new GroupRefused(
              GroupRefused.Kind.FAILED, id, "Consumer strategy " + other + " does not exist.");
    };
  }
}
