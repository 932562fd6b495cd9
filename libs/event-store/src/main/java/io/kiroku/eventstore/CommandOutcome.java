package io.kiroku.eventstore;

import io.kiroku.decider.Rejection;
import java.util.List;

/// The answer to a command.
public sealed interface CommandOutcome<S, E> {
  /// @param revision of the stream after the command
  /// @param position of the stream's last event after the command
  /// @param events what the command made happen; empty if all was so already
  /// @param state after the command
  /// @param repeated whether this is the answer to an earlier delivery of the same command
  record Accepted<S, E>(
      StreamId stream, long revision, long position, List<E> events, S state, boolean repeated)
      implements CommandOutcome<S, E> {}

  record Rejected<S, E>(Rejection reason) implements CommandOutcome<S, E> {}
}
