package io.kiroku.service.kafka;

import org.jspecify.annotations.Nullable;

/// A Kafka value that is not what its topic promises. Trying again does not help.
public final class MalformedFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedFrame(String why) {
    this(why, null);
  }

  MalformedFrame(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
