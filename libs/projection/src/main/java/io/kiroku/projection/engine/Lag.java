package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a projection is behind the log. What waits behind a parked event does not count.
///
/// @param upTo log position up to which everything is applied or parked
/// @param head log position of the last event when this was measured
/// @param events how many are still to be applied
/// @param exact false if there were too many to look at, and `events` is estimated by positions
/// @param oldest when the first of them was recorded, or, if that is earlier, from when on it is
///   not known whether there are any; null if there is none
public record Lag(long upTo, long head, long events, boolean exact, @Nullable Instant oldest) {
  /// Before anything was measured.
  static final Lag UNKNOWN = new Lag(EventLog.START, EventLog.START, 0, false, null);

  /// Nothing is left to do.
  static Lag none(long head) {
    return new Lag(head, head, 0, true, null);
  }

  /// Nothing was found that is left to do up to this event. All behind it may be, until it has been
  /// looked at.
  static Lag notFurtherKnown(RecordedEvent last, long head) {
    return new Lag(last.position(), head, head - last.position(), false, last.recordedAt());
  }

  /// Was measured then, and could not be measured since: what may have come since is not applied.
  Lag unseenSince(Instant measured) {
    Instant since = oldest == null || oldest.isAfter(measured) ? measured : oldest;
    return new Lag(upTo, head, events, false, since);
  }

  /// The age of the oldest event that is not applied; zero if there is none.
  public Duration age(Instant now) {
    return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
  }
}
