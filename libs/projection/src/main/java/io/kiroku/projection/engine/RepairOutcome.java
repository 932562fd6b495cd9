package io.kiroku.projection.engine;

/// What became of a parked stream that an operator has tried to bring on.
public sealed interface RepairOutcome {
  /// It shows everything that had been held back.
  record Freed() implements RepairOutcome {}

  /// An event fails, this one or a later one.
  record StillParked(ParkedStream parked) implements RepairOutcome {}

  /// It does not wait, or not any more.
  record NotParked() implements RepairOutcome {}

  /// It waits behind another event than the operator meant; nothing was done.
  record ParkedElsewhere(ParkedStream parked) implements RepairOutcome {}
}
