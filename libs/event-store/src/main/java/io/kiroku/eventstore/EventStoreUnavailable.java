package io.kiroku.eventstore;

import org.jspecify.annotations.Nullable;

/// The store did not answer, or not in time. Trying again later makes sense.
public final class EventStoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EventStoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
