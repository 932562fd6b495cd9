package io.kiroku.query.watch;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.service.error.Errors;

/// How watches end before their time.
final class WatchErrors {
  private WatchErrors() {}

  /// @param where `position 12`
  static StatusRuntimeException stalled(String where) {
    return Errors.of(
        Code.RESOURCE_EXHAUSTED,
        "WATCH_STALLED",
        "Nothing was read for too long; " + resume(where));
  }

  static StatusRuntimeException unavailable(String where) {
    return Errors.unavailable("What is watched cannot be reached now; " + resume(where));
  }

  private static String resume(String where) {
    return "resume after " + where + ".";
  }
}
