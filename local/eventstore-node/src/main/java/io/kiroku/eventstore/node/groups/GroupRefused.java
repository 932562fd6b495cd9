package io.kiroku.eventstore.node.groups;

/// What was asked of a group cannot be done.
public final class GroupRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient GroupId id;

  /// Why not.
  public enum Kind {
    MISSING,
    EXISTS,
    FULL,
    FAILED,
    UNAVAILABLE
  }

  GroupRefused(Kind kind, GroupId id, String reason) {
    super(reason);
    this.kind = kind;
    this.id = id;
  }

  public Kind kind() {
    return kind;
  }

  public GroupId id() {
    return id;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
