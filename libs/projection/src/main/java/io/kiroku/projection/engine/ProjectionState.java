package io.kiroku.projection.engine;

/// Whether a projection moves.
public sealed interface ProjectionState {
  record Starting() implements ProjectionState {}

  record Following() implements ProjectionState {}

  /// A dependency is away; it will be tried again.
  record Waiting(String reason) implements ProjectionState {}

  /// Only an operator can help.
  record Stopped(String reason) implements ProjectionState {}
}
