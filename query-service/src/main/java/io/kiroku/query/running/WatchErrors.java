package io.kiroku.query.running;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.service.error.Errors;

/// How watches end before their time.
public final class WatchErrors {
  private WatchErrors() {}

  /// Of a watch that begins with what there is, and has no place to go on from.
  static StatusRuntimeException stalled() {
    return notRead("watch again.");
  }

  /// @param where `position 12`
  public static StatusRuntimeException stalled(String where) {
    return notRead(resume(where));
  }

  public static StatusRuntimeException unavailable(String where) {
    return Errors.unavailable("What is watched cannot be reached now; " + resume(where));
  }

  private static StatusRuntimeException notRead(String then) {
    return Errors.of(
        Code.RESOURCE_EXHAUSTED, "WATCH_STALLED", "Nothing was read for too long; " + then);
  }

  private static String resume(String where) {
    return "resume after " + where + ".";
  }
}
