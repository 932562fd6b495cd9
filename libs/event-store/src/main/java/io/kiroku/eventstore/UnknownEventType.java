package io.kiroku.eventstore;

/// The log holds an event that this version of the program cannot read.
public final class UnknownEventType extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownEventType(String type) {
    super("No event is stored under the name '" + type + "'");
  }
}
