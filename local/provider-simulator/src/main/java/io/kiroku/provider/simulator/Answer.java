package io.kiroku.provider.simulator;

import java.time.Duration;
import java.util.Map;

/// What a caller is told, and after how long.
///
/// @param body becomes a JSON object
record Answer(int status, Map<String, ?> body, Duration delay) {
  static final int OK = 200;
  static final int CREATED = 201;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int DECLINED = 402;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int REFUSED = 422;
  static final int BROKEN = 500;
  static final int UNAVAILABLE = 503;

  static Answer of(int status, Map<String, ?> body) {
    return new Answer(status, body, Duration.ZERO);
  }

  static Answer problem(int status, String code, String detail) {
    return of(status, Map.of("code", code, "detail", detail));
  }

  Answer after(Duration time) {
    return new Answer(status, body, time);
  }
}
