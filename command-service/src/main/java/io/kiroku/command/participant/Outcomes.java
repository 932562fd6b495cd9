package io.kiroku.command.participant;

import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Accepted;

/// Outcomes of commands that sagas sent.
public final class Outcomes {
  private Outcomes() {}

  /// Fails with [UnhandledCommand] for a refusal.
  public static <S, E> Accepted<S, E> accepted(CommandOutcome<S, E> outcome) {
    return switch (outcome) {
      case Accepted<S, E> accepted -> accepted;
      case CommandOutcome.Rejected<S, E>(var reason) -> throw UnhandledCommand.refused(reason);
    };
  }
}
