package io.kiroku.query.projectionadmin;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.service.error.Errors;

/// Fields of requests, checked. All fail with `INVALID_ARGUMENT`.
final class Requests {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
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
    return number("page_size", asked, PAGE_DEFAULT, PAGE_MOST);
  }

  static int perSecond(int asked) {
    return number("per_second", asked, PER_SECOND_DEFAULT, PER_SECOND_MOST);
  }

  private static int number(String field, int asked, int ifZero, int most) {
    if (asked < 0 || asked > most) {
      throw Errors.invalid(field, "must be 0 to " + most);
    }
    return asked == 0 ? ifZero : asked;
  }

  static String place(String token) {
    try {
      return ParkedList.place(token);
    } catch (IllegalArgumentException unreadable) {
      throw Errors.invalid("page_token", "is none that this service gave");
    }
  }
}
