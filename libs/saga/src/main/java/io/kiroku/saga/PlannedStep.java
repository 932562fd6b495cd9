package io.kiroku.saga;

import java.util.List;

/// One step of a running saga with everything it will ever send, fixed when the saga starts.
///
/// @param commands sent forward, each with a part of its own; empty for a step that is done by
///   starting (it exists for its compensation)
/// @param compensations undo what the commands did, the same parts; empty if there is nothing to
///   undo
public record PlannedStep<C extends StepCommand>(
    String step, List<C> commands, List<C> compensations) {
  public PlannedStep {
    commands = List.copyOf(commands);
    compensations = List.copyOf(compensations);
  }
}
