package io.kiroku.job.feed;

/// A message that can never be handled.
final class PoisonMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PoisonMessage(String why) {
    super(why);
  }

  PoisonMessage(String why, Throwable cause) {
    super(why, cause);
  }
}
