package io.kiroku.eventstore.node.groups;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the consumer of a message. Guarded by its group.
interface Dispatch {
  /// A consumer with a free slot, or null if the message must wait.
  @Nullable GroupConsumer choose(Message message);

  /// Whether other messages may still find a consumer when one did not. This happens whenever a
  /// message is acknowledged: false saves the look at all others that wait.
  boolean mayPassOver();

  /// @param inFlight the messages that consumers have just now
  void connected(GroupConsumer consumer, Collection<Message> inFlight);

  void disconnected(GroupConsumer consumer);

  List<GroupConsumer> consumers();

  static boolean exists(String strategy) {
    return switch (strategy) {
      case "RoundRobin", "DispatchToSingle", "Pinned", "PinnedByCorrelation" -> true;
      default -> false;
    };
  }

  /// The strategy of that name, which must exist.
  static Dispatch named(String strategy) {
    return switch (strategy) {
      case "RoundRobin" -> new RotatingDispatch(true);
      case "DispatchToSingle" -> new RotatingDispatch(false);
      case "Pinned" -> new PinnedDispatch(false);
      case "PinnedByCorrelation" -> new PinnedDispatch(true);
      default -> throw new IllegalArgumentException(strategy);
    };
  }
}
