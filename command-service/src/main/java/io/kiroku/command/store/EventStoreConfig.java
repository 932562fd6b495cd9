package io.kiroku.command.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "kiroku.eventstore")
interface EventStoreConfig {
  /// Connection string, https://docs.kurrent.io/clients/grpc/getting-started.html#connection-string
  @WithDefault("esdb://127.0.0.1:2113?tls=false")
  String url();
}
