package io.kiroku.saga;

import io.kiroku.saga.SagaTrigger.Phase;
import java.time.Instant;

/// An operator wants a command to be sent again that no participant could handle. Nothing changes
/// for the saga but its history: the participant's answer is what moves it on.
///
/// @param step that sent the command, on the way that `phase` says
/// @param force whether it is to be sent even if the saga does not wait for it any more
public record Redrive(
    String sagaId,
    String step,
    Phase phase,
    String actor,
    String reason,
    boolean force,
    Instant at) {
  /// Stored as the action of [SagaEvent.OperatorIntervened].
  static final String ACTION = "REDRIVE";

  /// As [#ACTION], of a command that had been overtaken.
  static final String ACTION_FORCED = "REDRIVE_OVERTAKEN";
}
