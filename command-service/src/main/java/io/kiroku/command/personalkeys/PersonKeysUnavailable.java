package io.kiroku.command.personalkeys;

/// PostgreSQL did not answer; the same question may be asked again.
public final class PersonKeysUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PersonKeysUnavailable(Throwable cause) {
    super("The keys of persons cannot be reached", cause);
  }
}
