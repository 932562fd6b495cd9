package io.kiroku.launcher.platform;

import org.jspecify.annotations.Nullable;

/// Something the person at the terminal can act on; the message is one or a few plain lines.
public final class PlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A refusal that needs no cause.
  public PlatformException(String message) {
    super(message);
  }

  /// A failure with its cause.
  public PlatformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
