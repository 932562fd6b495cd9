package io.kiroku.command.publisher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the outbox is kept small.
@ConfigMapping(prefix = "kiroku.outbox")
interface OutboxConfig {
  /// The connector's replication slot.
  @WithDefault("kiroku_outbox")
  String slot();

  @WithDefault("10S")
  Duration cleanEvery();
}
