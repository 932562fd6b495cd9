package io.kiroku.client;

/// The API answered with a problem (RFC 9457) instead of a result.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public ApiException(int status, String code, String detail) {
    super(status + " " + code + ": " + detail);
    this.status = status;
    this.code = code;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The problem's `code`; empty if the body was no problem.
  public String code() {
    return code;
  }
}
