package io.kiroku.command.deadletter;

import io.kiroku.decider.Rejection;

/// Why a letter stays where it is.
enum LetterRejection implements Rejection {
  DEAD_LETTER_OF_NO_SAGA("The letter names no saga, so nobody can tell whether it is overtaken."),
  DEAD_LETTER_UNREADABLE("This version of the service cannot read the letter."),
  DEAD_LETTER_FAILED_AGAIN("The command failed by a fault of the service, which its log tells.");

  private final String detail;

  LetterRejection(String detail) {
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return Kind.FORBIDDEN_BY_STATE;
  }

  @Override
  public String detail() {
    return detail;
  }
}
