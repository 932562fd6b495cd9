package io.kiroku.projection.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The [Lag] as it was measured last. When the next measurement does not come, because a dependency
/// is away, nobody knows what has been recorded since: it counts as not applied.
final class LastLag {
  private final Duration freshFor;
  private volatile Measured last;

  private record Measured(@Nullable Lag lag, Instant at) {}

  /// @param since when measuring began
  /// @param freshFor how old a measurement may be
  LastLag(Instant since, Duration freshFor) {
    this.freshFor = freshFor;
    this.last = new Measured(null, since);
  }

  /// @param at when its measurement began
  void measured(Lag lag, Instant at) {
    last = new Measured(lag, at);
  }

  /// Null before the first measurement, unless that is overdue.
  @Nullable Lag at(Instant now) {
    Measured known = last;
    if (!known.at.plus(freshFor).isBefore(now)) {
      return known.lag;
    }
    return (known.lag == null ? Lag.UNKNOWN : known.lag).unseenSince(known.at);
  }
}
