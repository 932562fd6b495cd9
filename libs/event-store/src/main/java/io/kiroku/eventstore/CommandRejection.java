package io.kiroku.eventstore;

import io.kiroku.decider.Rejection;

/// Refusals that are no domain's own.
public enum CommandRejection implements Rejection {
  COMMAND_ID_REUSED(Kind.CONFLICT, "The idempotency key was used for another request before."),
  STREAM_NOT_FOUND(Kind.NOT_FOUND, "There is nothing under this id.");

  private final Kind kind;
  private final String detail;

  CommandRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String detail() {
    return detail;
  }
}
