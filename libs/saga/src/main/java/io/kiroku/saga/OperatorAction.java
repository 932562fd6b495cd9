package io.kiroku.saga;

/// What an operator can do with a saga. The names are stored.
public enum OperatorAction {
  /// One more attempt of the step, or of the compensation, in which the saga is stuck.
  RETRY,
  /// Goes on as if the step, or the compensation, in which it is stuck were done; it is not.
  SKIP,
  /// Goes on because somebody did by hand what the compensation could not do.
  COMPLETE_BY_HAND,
  /// Turns a saga back that is on its way forward.
  CANCEL
}
