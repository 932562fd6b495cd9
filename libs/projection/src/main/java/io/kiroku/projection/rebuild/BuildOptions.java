package io.kiroku.projection.rebuild;

import java.time.Duration;

/// @param refresh how often the builds are read again
/// @param lease how long a rebuild waits for its builder before another instance takes over
/// @param caughtUp a new build whose oldest missing event is younger has caught up
public record BuildOptions(Duration refresh, Duration lease, Duration caughtUp) {
  public static final BuildOptions DEFAULTS =
      new BuildOptions(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(5));
}
