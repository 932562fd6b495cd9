package io.kiroku.job.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the outbox is emptied.
@ConfigMapping(prefix = "kiroku.job.relay")
interface RelayConfig {
  @WithDefault("kiroku.job.events")
  String topic();

  /// Outboxes read by one command. All on a single Redis; on a Redis Cluster 1, because a command
  /// may only name keys of one node there.
  @WithDefault("16")
  int shardsPerReader();

  /// Most entries taken from one outbox at a time.
  @WithDefault("200")
  int batchMax();

  /// How long a read waits for the first entry; it is woken at once by one.
  @WithDefault("1S")
  Duration block();

  /// After that long without a sign of life another instance takes over.
  @WithDefault("5S")
  Duration lease();

  /// Pause after a failure, and between tries to take over.
  @WithDefault("1S")
  Duration retryAfter();
}
