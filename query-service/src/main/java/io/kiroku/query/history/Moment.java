package io.kiroku.query.history;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.query.v1.AsOf;
import io.kiroku.service.error.Errors;
import java.time.DateTimeException;
import java.time.Instant;

/// When a document is looked at.
public sealed interface Moment {
  /// What was recorded later is not seen.
  record At(Instant instant) implements Moment {}

  /// @param revision of the document's own stream
  record Revision(long revision) implements Moment {}

  /// Fails with `INVALID_ARGUMENT`.
  static Moment of(AsOf asOf) {
    return switch (asOf.getMomentCase()) {
      case INSTANT -> new At(instant(asOf.getInstant()));
      case REVISION -> new Revision(revision("as_of.revision", asOf.getRevision()));
      case MOMENT_NOT_SET -> throw Errors.invalid("as_of", "must be an instant or a revision");
    };
  }

  private static Instant instant(Timestamp timestamp) {
    try {
      return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    } catch (DateTimeException | ArithmeticException e) {
      throw Errors.invalid("as_of.instant", "is none");
    }
  }

  /// Fails with `INVALID_ARGUMENT`.
  static long revision(String field, long asked) {
    if (asked < 0) {
      throw Errors.invalid(field, "must not be negative");
    }
    return asked;
  }
}
