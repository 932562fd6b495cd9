package io.kiroku.client;

/// One event of a job, as the WebSocket tells it.
///
/// @param progress 0 to 100
/// @param step empty if the action is of no step
/// @param code rejection code; empty if there was none
public record JobUpdate(
    String jobId,
    long sequence,
    String state,
    int progress,
    String action,
    String step,
    String code,
    String consistencyToken,
    String traceId) {

  /// Nothing more will come.
  public boolean isFinal() {
    return isSuccess() || state.equals("FAILED");
  }

  public boolean isSuccess() {
    return state.equals("SUCCEEDED");
  }
}
