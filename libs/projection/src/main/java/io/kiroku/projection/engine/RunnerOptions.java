package io.kiroku.projection.engine;

import java.time.Duration;
import java.util.List;

/// @param batchMost events taken from a source at once
/// @param cachedStreams how many streams' documents are remembered
/// @param watermarkInterval how far the watermark may stay behind, in time
/// @param retryDelays waits after the first, second, … failure of an event; then it is dead
/// @param parkedRefresh how often the markers are read again, for what other replicas and operators
///   did
/// @param lagInterval how often it is measured how far the projection is behind
/// @param backoffFirst wait before the first reconnect, doubled each time
public record RunnerOptions(
    int batchMost,
    int cachedStreams,
    Duration watermarkInterval,
    List<Duration> retryDelays,
    Duration parkedRefresh,
    Duration lagInterval,
    Duration backoffFirst,
    Duration backoffMost) {
  public RunnerOptions {
    retryDelays = List.copyOf(retryDelays);
  }

  public static final RunnerOptions DEFAULTS =
      new RunnerOptions(
          256,
          20_000,
          Duration.ofSeconds(1),
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(15),
              Duration.ofHours(1),
              Duration.ofHours(6)),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(5));
}
