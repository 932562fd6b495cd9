package io.kiroku.job.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long jobs are kept.
@ConfigMapping(prefix = "kiroku.job")
public interface JobStoreConfig {
  /// A job is forgotten so long after its last event.
  @WithDefault("24H")
  Duration expiry();
}
