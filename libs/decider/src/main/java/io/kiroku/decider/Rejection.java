package io.kiroku.decider;

/// An expected refusal. Its code is part of the public API and never changes.
public interface Rejection {
  /// Upper-case words joined by underscores, for example `INSUFFICIENT_STOCK`.
  String code();

  /// What kind of refusal it is; each protocol maps the kind, never the single code, to its status.
  Kind kind();

  /// One sentence for people.
  String detail();

  enum Kind {
    /// The command itself can never be right.
    INVALID,
    /// What the command is about is not there, or is somebody else's.
    NOT_FOUND,
    /// Another fact took the place that the command wants.
    CONFLICT,
    /// The rules do not allow it in the present state.
    FORBIDDEN_BY_STATE
  }
}
