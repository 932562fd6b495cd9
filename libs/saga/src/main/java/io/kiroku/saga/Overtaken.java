package io.kiroku.saga;

import io.kiroku.decider.Rejection;

/// A saga does not wait any more for what a command would do.
///
/// @param detail what happened to it
public record Overtaken(String detail) implements Rejection {
  @Override
  public String code() {
    return "OVERTAKEN";
  }

  @Override
  public Kind kind() {
    return Kind.FORBIDDEN_BY_STATE;
  }
}
