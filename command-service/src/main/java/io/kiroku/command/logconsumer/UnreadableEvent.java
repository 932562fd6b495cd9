package io.kiroku.command.logconsumer;

import io.kiroku.eventstore.RecordedEvent;

/// The log holds an event that this version of the service cannot read, and its consumer must not
/// pass over. Nothing is lost meanwhile: a version that can read it goes on from there.
public final class UnreadableEvent extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableEvent(RecordedEvent event, RuntimeException cause) {
    super(
        "cannot go past %s at position %d: %s"
            .formatted(event, event.position(), cause.getMessage()),
        cause);
  }
}
