package io.kiroku.projection.engine;

/// The read models' store cannot be reached now: nothing is wrong with any event, wait and retry.
public final class ReadModelUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReadModelUnavailable(String reason) {
    super("The read models' store is unavailable: " + reason);
  }

  public ReadModelUnavailable(Throwable cause) {
    super("The read models' store is unavailable: " + cause.getMessage(), cause);
  }
}
