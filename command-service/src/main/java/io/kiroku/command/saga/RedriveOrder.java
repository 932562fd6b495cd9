package io.kiroku.command.saga;

import io.kiroku.saga.Redrive;
import java.time.Instant;

/// What an operator wants of a command that waits among the dead letters.
///
/// @param force whether it is to be sent even if the saga does not wait for it any more
public record RedriveOrder(String sagaId, String reason, boolean force, Instant at) {
  Redrive of(RequestedStep asked, String actor) {
    return new Redrive(sagaId, asked.step(), asked.phase(), actor, reason, force, at);
  }
}
