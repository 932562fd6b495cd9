package io.kiroku.projection.engine;

/// What became of one [GuardedWrite].
public sealed interface WriteOutcome {
  record Written() implements WriteOutcome {}

  /// The slot holds another revision than expected, or the document breaks a unique index.
  record Overtaken() implements WriteOutcome {}

  /// This document can never be stored (too big, say).
  record Refused(String error) implements WriteOutcome {}
}
