package io.kiroku.service.security;

/// The bearer token is malformed, expired, of another issuer or wrongly signed.
///
/// Says no more than that: the reason goes to the log, not to whoever tries tokens.
public final class InvalidToken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidToken(Throwable cause) {
    super("The bearer token is not valid.", cause);
  }
}
