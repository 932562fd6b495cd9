package io.kiroku.eventstore;

/// A consumer has seen more than the log holds: the store was restored from an older backup. Going
/// on would skip what is written next, so an operator has to decide.
public final class PositionBeyondLog extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PositionBeyondLog(long position, long head) {
    super("Position " + position + " is beyond the end of the log at " + head);
  }
}
