package io.kiroku.projection.rebuild;

/// What an operator asked for makes no sense as things are.
public final class RebuildRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// The code that clients see.
  public enum Reason {
    NOTHING_REBUILT("Nothing is being built."),
    REBUILD_NOT_READY("The new build has not caught up yet, or was not compared."),
    NOTHING_KEPT("No earlier build is kept."),
    REBUILD_CONTENDED("Others change the builds all the time; try again.");

    private final String detail;

    Reason(String detail) {
      this.detail = detail;
    }
  }

  RebuildRefused(Reason reason) {
    super(reason.detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
