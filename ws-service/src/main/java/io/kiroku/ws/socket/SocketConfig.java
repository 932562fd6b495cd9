package io.kiroku.ws.socket;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bounds of one socket.
@ConfigMapping(prefix = "kiroku.ws")
public interface SocketConfig {
  @WithDefault("1000")
  int subscriptionsMax();

  /// Text written and not yet taken by the network; beyond it the socket is closed as too slow.
  @WithDefault("4M")
  MemorySize outgoingMax();

  /// Loads from job-service at the same time.
  @WithDefault("8")
  int loadsMax();

  /// A job that has not ended and of which nothing was heard so long is asked after.
  @WithDefault("5S")
  Duration recheckAfter();

  /// Most jobs asked after per tick.
  @WithDefault("16")
  int recheckMax();

  /// How often a socket looks after its jobs.
  @WithDefault("1S")
  Duration tick();

  /// How long an unknown job may stay unknown: a client may subscribe just before it exists.
  @WithDefault("2S")
  Duration unknownGrace();

  /// A socket that gave no sign of life, not even a pong, is closed.
  @WithDefault("90S")
  Duration silenceMax();
}
