package io.kiroku.job.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How fulfillments are read.
@ConfigMapping(prefix = "kiroku.job.feed")
interface FeedConfig {
  @WithDefault("kiroku.fulfillment.events")
  String topic();

  @WithDefault("kiroku.fulfillment.events.dlt")
  String deadLetterTopic();

  @WithDefault("job-service")
  String group();

  /// Most messages applied together.
  @WithDefault("500")
  int batchMax();

  /// How long Redis may take for a batch.
  @WithDefault("10S")
  Duration applyTimeout();

  /// Pause before a batch that failed is tried again.
  @WithDefault("0.5S")
  Duration retryAfter();
}
