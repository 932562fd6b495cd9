package io.kiroku.query.running;

import io.grpc.StatusRuntimeException;
import io.kiroku.service.error.Errors;

/// What clients are told about read models.
public final class ReadModelErrors {
  private ReadModelErrors() {}

  /// `UNAVAILABLE`: the database does not answer, or nobody knows yet which build is live.
  public static StatusRuntimeException unavailable() {
    return Errors.unavailable("The read models cannot be reached now.");
  }
}
