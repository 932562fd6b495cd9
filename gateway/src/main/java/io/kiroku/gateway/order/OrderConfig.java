package io.kiroku.gateway.order;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How orders are taken.
@ConfigMapping(prefix = "kiroku.orders")
interface OrderConfig {
  /// Orders being placed at a time, by this gateway.
  @WithDefault("256")
  int concurrentMax();
}
