package io.kiroku.projection.engine;

/// Whether a projection moves.
public sealed interface ProjectionState {
  record Starting() implements ProjectionState {}

  /// Moves, but has never shown all that there was: queries find too little.
  ///
  /// @param end log position that is to be reached
  record CatchingUp(long end) implements ProjectionState {}

  /// Moves, and showed all that there was, once at least.
  record Following() implements ProjectionState {}

  /// A dependency is away; it will be tried again.
  record Waiting(String reason) implements ProjectionState {}

  /// Only an operator can help.
  record Stopped(String reason) implements ProjectionState {}
}
