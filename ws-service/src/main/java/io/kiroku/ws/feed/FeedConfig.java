package io.kiroku.ws.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How job events are read.
@ConfigMapping(prefix = "kiroku.ws.feed")
interface FeedConfig {
  @WithDefault("kiroku.job.events")
  String topic();

  /// How often to look for new partitions.
  @WithDefault("30S")
  Duration partitionsEvery();

  /// Pause before a consumer that failed is made anew.
  @WithDefault("1S")
  Duration retryAfter();
}
