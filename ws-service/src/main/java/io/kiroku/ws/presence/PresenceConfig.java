package io.kiroku.ws.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How presence is kept.
@ConfigMapping(prefix = "kiroku.ws.presence")
interface PresenceConfig {
  @WithDefault("kiroku.socket.events")
  String topic();

  /// A connection that nobody refreshed so long is gone.
  @WithDefault("90S")
  Duration expiry();

  @WithDefault("30S")
  Duration refreshEvery();

  /// Connects and disconnects waiting for Kafka; beyond it new ones are not told.
  @WithDefault("10000")
  int waitingMax();
}
