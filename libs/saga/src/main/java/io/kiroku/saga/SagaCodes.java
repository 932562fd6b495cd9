package io.kiroku.saga;

/// Codes of failures that no participant reported.
public final class SagaCodes {
  /// The last attempt of a step or of its compensation was not answered in time.
  public static final String STEP_TIMED_OUT = "STEP_TIMED_OUT";

  /// The saga as a whole took too long on its way forward.
  public static final String SAGA_DEADLINE_EXCEEDED = "SAGA_DEADLINE_EXCEEDED";

  /// An operator turned the saga back.
  public static final String CANCELLED_BY_OPERATOR = "CANCELLED_BY_OPERATOR";

  private SagaCodes() {}
}
