package io.kiroku.projection.rebuild;

/// How far a rebuild is.
public enum Phase {
  /// The log is read from its beginning.
  BUILDING,
  /// It has caught up once, and is being compared with the live build.
  COMPARING,
  /// It keeps up with the log until an operator switches to it or cancels it.
  WAITING
}
