package io.kiroku.eventstore;

/// An event's data are not what its type promises.
public final class UndecodableEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UndecodableEvent(String event, Throwable cause) {
    // The cause's message may quote data: only its location is passed on.
    super(event + " cannot be decoded: " + cause.getClass().getSimpleName(), cause);
  }
}
