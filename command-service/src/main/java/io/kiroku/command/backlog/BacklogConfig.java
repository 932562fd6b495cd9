package io.kiroku.command.backlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// From when on new orders have to wait.
@ConfigMapping(prefix = "kiroku.backlog")
interface BacklogConfig {
  /// Most fulfillments under way.
  @WithDefault("2000")
  int openSagasMost();

  /// Most that a consumer of the log may be behind.
  @WithDefault("5S")
  Duration lagMost();

  /// What clients are told to wait.
  @WithDefault("2S")
  Duration retryAfter();

  @WithDefault("500MS")
  Duration measureEvery();
}
