package io.kiroku.command.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How commands of programs are answered.
@ConfigMapping(prefix = "kiroku.requests")
interface RequestConfig {
  /// For how long a message that comes again gets the answer it got; at least as long as Kafka
  /// keeps the message.
  @WithDefault("192H")
  Duration repliesKept();
}
