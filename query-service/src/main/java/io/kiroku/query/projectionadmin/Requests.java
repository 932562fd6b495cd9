package io.kiroku.query.projectionadmin;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.error.Errors;
import io.kiroku.service.paging.OpaqueText;

/// Fields of requests, checked. All fail with `INVALID_ARGUMENT`.
final class Requests {
  private static final int PER_SECOND_DEFAULT = 10;
  private static final int PER_SECOND_MOST = 100;
  private static final int REASON_MOST = 500;

  private Requests() {}

  static StreamId stream(ProjectionRunner runner, String name) {
    if (name.isBlank() || !runner.follows(new StreamId(name))) {
      throw Errors.invalid("stream", "is none that this projection follows");
    }
    return new StreamId(name);
  }

  static String reason(String text) {
    if (text.isBlank() || text.codePointCount(0, text.length()) > REASON_MOST) {
      throw Errors.invalid("reason", "must be 1 to " + REASON_MOST + " characters");
    }
    return text;
  }

  static int pageSize(int asked) {
    return PageSize.of("page_size", asked, "must be 0 to " + PageSize.MOST);
  }

  static int perSecond(int asked) {
    if (asked < 0 || asked > PER_SECOND_MOST) {
      throw Errors.invalid("per_second", "must be 0 to " + PER_SECOND_MOST);
    }
    return asked == 0 ? PER_SECOND_DEFAULT : asked;
  }

  static String place(String token) {
    try {
      return OpaqueText.decode(token);
    } catch (IllegalArgumentException unreadable) {
      throw Errors.invalid("page_token", "is none that this service gave");
    }
  }
}
